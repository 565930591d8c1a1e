// grammY as it comes: says again what was said, or edits what was pressed.
// node grammy_echo.mjs API_ROOT TOKEN WAY FOLDER; FOLDER holds node_modules.
import { createRequire } from "node:module";

const [root, token, way, folder] = process.argv.slice(2);
const { Bot, InlineKeyboard } = createRequire(`${folder}/`)("grammy");

const bot = new Bot(token, { client: { apiRoot: root } });
const keyboard = new InlineKeyboard().text("again", "again");

bot.on("message:text", (ctx) =>
  ctx.reply(ctx.message.text, way === "tapped" ? { reply_markup: keyboard } : {}),
);
bot.on("callback_query:data", async (ctx) => {
  await ctx.answerCallbackQuery();
  await ctx.editMessageText("again", { reply_markup: keyboard });
});

process.once("SIGTERM", () => process.exit(0));
await bot.start();
