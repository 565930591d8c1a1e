"""The guided conversation: questions, answers, review, send."""
