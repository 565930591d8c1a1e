"""Known answers for `check_backend`, made by other means than the libraries they test.

The wrapped key comes from kyber-py and a separate HPKE key schedule (tests/vectors/oracle.py), the signature
from RFC 8032 (7.1, test 1), the derivation from RFC 5869 (A.1). The cipher and passphrase lines were computed
with libsodium; the tests compare two of them with OpenSSL.
"""

from base64 import b64decode

SEED = bytes.fromhex("1c987852aecc12db579f639a27e5bb4a249aef23925321c694a06efb43f9d1ff")
PUBLIC_SHA256 = bytes.fromhex("bc6f9af54b023cb105401ee682ea6ead896450311c61007be94f3fca364a93a1")
FILE_KEY = bytes.fromhex("2c54b107a9bd11d3109f275d44316a5b")
WRAPPED = b64decode(
    "uqTbNbP+J1I2lWVu/+vOybd1oARMSResWK4EMFVaW4Vlh8Ghv+qcqaiPf3DNHDhgGos54R4gYY+LKhGY59iZ2NUeHdl9O3iDT0fq"
    "YbU+xpnymQ4p6+NB9Y2WjUk+ZDGch6J7IKDRJyErgZULCYFN8shhwEvPcR96QsyUXS89bYjXhgTWJK9jnltCv/cOUMIvfmwPySOB"
    "Rh7W+wzqcmcsAmVTckzpn/OKEoxSwPT+ODfKPnysKWCrY8velDkSzQ2WfOQjQNIYLsIbZ8di9zPZxcvigulpwjvSqCd8s8RLEaTU"
    "+XQiyy/fan2Aq5CnVHkkcgahjrVJnhWcsbKtQHNbdIHcyIeru4eANfNcOISYRa18Rek/5+lY+Vlr0ozvWGw8xBn5qesI9rkYZlIk"
    "RJDbJxIl4Xp3D3n5/q0W6GxrGj/HabQbSK0u5xhGGwupBVBLzUlpc1mdYLtjJ2X8e8rcWJQ3cBfCE09nJINn5trN6ZWTtnHOWbUO"
    "K6eTSLKZ9Z/up/JFnQX+3OUbV0gNTNd5g6cSX/aEUrjPI4s6U08bxPEckjeLR8voDwIW2FARuhzaF8kV4q/rKr1TPCe2U9pPW8h9"
    "AiZDIDLQSSL91i5PPf/GlgGyqAH+Rr77w6k8Snc/NGDcDGzXAa4RyTxcl4i66dxMduOomhntCXmhj3qW1DO53+pQw916UCzO5VFm"
    "pJ2mfbjFRwhiI2K1pzOSGYxmRVpEw3bJB9ajUio4cRF6Sxv3GgJcc7ISD1Wr08ol1wMqpnN8OJI3DuRAaM1DUmWPA4mQYaZLEBTs"
    "n/juD8uC33MoYBGcc23eNDnkmLb4C38OC47zV3xCtiyY2i1XNKDzgDHm9XOMQla94bAXWaQ2RrxDJjjcD6RT2tcyYIMf9QVOCv6A"
    "sVkDhvNKNp2ZfoLjQRVLcb/g/ypg514Wu33Ufac5cE0DjCBVnP+PeebvvGC+1ZAd3Liav6+4V6k2j066l0hctD4RQxMoJCv7kk+d"
    "kD8sR0YjtImXmqRwpgbfPgUoVN+VzdqKO54/qnMr8tcHofkFfchKFkD6ZDJ6WX0vCyXYgxAdvAH3X4LQsR0Xa76tPzt5gD6ua+wk"
    "fZvgXS+r+78GiXaEQigMscc5aO8hFJ9PsUbEZvY+DNe0405TxuoxCRQ/tFuSqpehh1NQU3iqXPyGEe7fAlhZ8br4HiyzYtPY/3P4"
    "DA6GoUiI0RrhPds0HWGIM9AmXFw5hhTTyLcEly7o1Nveq6SmLx3PlyW8tQVqI5mW+Jdrd2DeZRtVnrW1udTsteeOiHlhPMHoqA08"
    "lrvTEjQi8EdIedxqVxF2+zPpOlxS7oqh8e9iYj4Vh17oQQckcYVvpIoqNrPjuS6X2Frf5vAhDtp8I1E5/sRo4rjP3YHg6A/uaPRM"
    "9rM/2UevjaAmbdTcUqpWWaj9v2WuwAOvBy/0qn1EpcfK4mVP1bzpKmWqKcLXLS4C0dud4ID1jyyae00yquVRCKZkr+0xUTVZ1Hjr"
    "LdUUHvQMcDPKinEYSkDVpW32UJCJOOy3eheH"
)
"""`enc` (1,120 bytes) and the HPKE ciphertext of FILE_KEY (32 bytes) for the identity of SEED."""

TEXT, AAD, PASSPHRASE = b"vestka", b"aad", b"vestka"
CHACHA = bytes.fromhex("e96294ca3e3017bda5ab5d10c81ab1b3b3e08834edf6")
XCHACHA = bytes.fromhex("0efbe5fd8e41ced01a213eec4a797fe0692fb0e7acd8")
"""TEXT with AAD under a key and a nonce of zeros."""
ARGON2ID = bytes.fromhex("7408c1df89d030eff76ef24ea02fed93c5d84fda9d77d0a558b3f3810dae4469")
"""PASSPHRASE with a salt of zeros, one pass over 64 KiB."""

SIGNING_SEED = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
SIGNATURE = bytes.fromhex(
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
    "d25bf5f0595bbe24655141438e7a100b"
)
"""Of the empty message."""

HKDF_KEY, HKDF_SALT, HKDF_INFO = b"\x0b" * 22, bytes(range(13)), bytes(range(0xF0, 0xFA))
HKDF_OUT = bytes.fromhex("3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf")
