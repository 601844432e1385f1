// Whether the answer to "what could be better still" says that nothing could.
#pragma once

#include "absl/strings/string_view.h"

namespace hoiam::survey {

// True when the text says only that nothing is missing, in the words of a list, or says nothing at all (".", an emoji):
// "Dạ không có ạ", "ok rồi", "Không có, như vậy là tốt rồi". Every sentence must be in the list. What has diacritics is
// compared with them (NFC, hoà and hòa one), what has none by phrases of at least two words without theirs: "khong co",
// since one word alone may be another one.
bool SaysNothingMissing(absl::string_view text);

}  // namespace hoiam::survey
