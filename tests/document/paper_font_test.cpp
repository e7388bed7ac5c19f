// SPDX-License-Identifier: GPL-3.0-or-later
// Texts in the fonts of paper: encoded, measured, wrapped.
#include "document/paper_font.h"

#include <gtest/gtest.h>

namespace {

using document::PaperFont;
using document::paperText;

TEST(PaperFont, WritesOurOwnSigns) {
    EXPECT_EQ(paperText("36 ms \u00B1 20 %"), "36 ms \xB1 20 %");
    EXPECT_EQ(paperText("\u22124 \u00B5s \u2014 \u2026"),
              "\x96"
              "4 \xB5s \x97 \x85");
    EXPECT_EQ(paperText("a \u2264 b"), "a <= b");
}

TEST(PaperFont, AnythingElseIsAQuestionMark) {
    EXPECT_EQ(paperText("\u4E2D\xFF\x01"), "???");
}

// From the AFM files of Helvetica and Helvetica-Bold.
TEST(PaperFont, WidthsAreThoseOfHelvetica) {
    EXPECT_DOUBLE_EQ(document::textWidth("Wi ", PaperFont::Regular, 1000), 944 + 222 + 278);
    EXPECT_DOUBLE_EQ(document::textWidth("Wi ", PaperFont::Bold, 1000), 944 + 278 + 278);
    EXPECT_DOUBLE_EQ(document::textWidth("\xB1\xB5\xFC", PaperFont::Regular, 1000),
                     584 + 556 + 556);
    EXPECT_DOUBLE_EQ(document::textWidth("abc", PaperFont::Fixed, 10), 18);
}

TEST(PaperFont, LinesAreNoWiderThanAsked) {
    const std::string text = "one two " + std::string(200, 'x') + " three";
    const auto lines = document::wrapped(text, PaperFont::Regular, 10, 80);
    std::string joined;
    for (const std::string& line : lines) {
        EXPECT_LE(document::textWidth(line, PaperFont::Regular, 10), 80);
        for (const char c : line)
            if (c != ' ') joined += c;
    }
    EXPECT_EQ(joined, "onetwo" + std::string(200, 'x') + "three") << "nothing is lost";
    EXPECT_EQ(document::wrapped("", PaperFont::Regular, 10, 80).size(), 1u);
}

TEST(PaperFont, AnIndentIsKept) {
    EXPECT_EQ(document::wrapped("  {", PaperFont::Fixed, 8, 80)[0], "  {");
}

}  // namespace
