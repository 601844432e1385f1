#include "gateway/secrets/secret_key.h"

#include <openssl/evp.h>

#include <cstdlib>
#include <memory>

#include "platform/base/crypto.h"

namespace hoiam::gateway {
namespace {

constexpr size_t kNonce = 12;
constexpr size_t kTag = 16;

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

Cipher NewCipher() { return Cipher(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free); }

const unsigned char* In(absl::string_view s) { return reinterpret_cast<const unsigned char*>(s.data()); }
unsigned char* Out(std::string& s, size_t at = 0) { return reinterpret_cast<unsigned char*>(s.data()) + at; }

void AppendWithLength(std::string& out, absl::string_view part) {
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<char>(part.size() >> shift & 0xFF));
  out.append(part.data(), part.size());
}

}  // namespace

SecretKey::SecretKey(std::string key) : key_(std::move(key)), seal_key_(Derive("seal", {})) {}

std::string SecretKey::Derive(absl::string_view purpose, std::initializer_list<absl::string_view> parts) const {
  std::string data;
  AppendWithLength(data, purpose);
  for (absl::string_view part : parts) AppendWithLength(data, part);
  return HmacSha256(key_, data);
}

std::string SecretKey::Seal(absl::string_view context, absl::string_view secret) const {
  std::string out = RandomBytes(kNonce);
  out.resize(kNonce + secret.size() + kTag);
  const Cipher cipher = NewCipher();
  int n = 0;
  const bool sealed =
      cipher && EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, In(seal_key_), In(out)) == 1 &&
      EVP_EncryptUpdate(cipher.get(), nullptr, &n, In(context), static_cast<int>(context.size())) == 1 &&
      EVP_EncryptUpdate(cipher.get(), Out(out, kNonce), &n, In(secret), static_cast<int>(secret.size())) == 1 &&
      EVP_EncryptFinal_ex(cipher.get(), Out(out, kNonce + secret.size()), &n) == 1 &&
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, kTag, Out(out, kNonce + secret.size())) == 1;
  if (!sealed) std::abort();  // no memory, or a library without AES: nothing weaker may take its place
  return out;
}

absl::StatusOr<std::string> SecretKey::Open(absl::string_view context, absl::string_view sealed) const {
  const auto refused = [] { return absl::InternalError("a sealed secret does not open with this key"); };
  if (sealed.size() < kNonce + kTag) return refused();
  const size_t size = sealed.size() - kNonce - kTag;
  std::string tag(sealed.substr(kNonce + size)), out(size, '\0');
  const Cipher cipher = NewCipher();
  int n = 0;
  const bool opened =
      cipher && EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, In(seal_key_), In(sealed)) == 1 &&
      EVP_DecryptUpdate(cipher.get(), nullptr, &n, In(context), static_cast<int>(context.size())) == 1 &&
      EVP_DecryptUpdate(cipher.get(), Out(out), &n, In(sealed.substr(kNonce)), static_cast<int>(size)) == 1 &&
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, kTag, tag.data()) == 1 &&
      EVP_DecryptFinal_ex(cipher.get(), Out(out, size), &n) == 1;
  if (!opened) return refused();
  return out;
}

}  // namespace hoiam::gateway
