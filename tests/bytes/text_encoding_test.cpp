// SPDX-License-Identifier: GPL-3.0-or-later
#include "bytes/text_encoding.h"

#include <gtest/gtest.h>

namespace {

std::string utf16(const std::u16string& text, bool bigEndian) {
    std::string bytes;
    for (const char16_t unit : text) {
        const char low = static_cast<char>(unit & 0xFF), high = static_cast<char>(unit >> 8);
        bytes += bigEndian ? std::string{high, low} : std::string{low, high};
    }
    return bytes;
}

TEST(TextEncoding, Utf16OfBothOrdersBecomesUtf8) {
    for (const bool bigEndian : {false, true}) {
        EXPECT_EQ(bytes::asUtf8(utf16(u"\uFEFFµs → 8 \U0001F600\r\n", bigEndian)),
                  "µs → 8 \xF0\x9F\x98\x80\r\n");
        EXPECT_EQ(bytes::asUtf8(utf16(u"no mark at all", bigEndian)), "no mark at all");
    }
    EXPECT_EQ(bytes::asUtf8(utf16(u"\uFEFFa\xD83D", false)), "a\xEF\xBF\xBD") << "half a pair";
    EXPECT_EQ(bytes::asUtf8("\xFF\xFE"), "");
}

TEST(TextEncoding, OtherBytesStay) {
    EXPECT_EQ(bytes::asUtf8("\xEF\xBB\xBFplain"), "plain");
    for (const std::string& text :
         {std::string(), std::string("caf\xC3\xA9"), std::string("\x01\0\0\0\x02\0\0\0", 8),
          std::string("\xFF\xFE\0\0", 4), std::string("\xFF\xFE boot noise\r\n"),
          std::string("\0\0\0\0\0\0\0\0", 8)})
        EXPECT_EQ(bytes::asUtf8(text), text);
}

}  // namespace
