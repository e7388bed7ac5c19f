// SPDX-License-Identifier: GPL-3.0-or-later
// A document as a web page: whole, without script, and safe for any name.
#include <gtest/gtest.h>

#include "document/write_html.h"
#include "sample_document.h"

namespace {

size_t occurrences(const std::string& text, const std::string& part) {
    size_t found = 0;
    for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++found;
    return found;
}

TEST(HtmlPage, NamesNeverBecomeMarkup) {
    const std::string hostile = "<script>alert('x')</script> & \"onload=\" --> ]]>";
    const std::string page = document::htmlPage(sample::everyBlock(hostile));
    EXPECT_EQ(page.find("<script"), std::string::npos);
    EXPECT_EQ(page.find("\"onload"), std::string::npos);
    EXPECT_EQ(page.find("alert('x')"), std::string::npos);
    // Title twice, lead, heading, paragraph, 2 bullets, head and rows of the table (6),
    // description, caption, label, command.
    EXPECT_EQ(occurrences(page, "&lt;script&gt;"), 17u);
}

TEST(HtmlPage, BytesThatAreNoTextAreReplaced) {
    EXPECT_EQ(document::escaped("a\xFF\xC3 b"), "a\uFFFD\uFFFD b");
    EXPECT_EQ(document::escaped(std::string("a\0b\x1B", 4)), "a\uFFFDb\uFFFD");
    EXPECT_EQ(document::escaped("\xC0\xAF"), "\uFFFD\uFFFD") << "an overlong slash";
    EXPECT_EQ(document::escaped("\xED\xA0\x80"), "\uFFFD") << "half of a pair";
    EXPECT_EQ(document::escaped("kws\u202Egpj"), "kws\uFFFDgpj") << "a name that reads backwards";
    EXPECT_EQ(document::escaped("Größe \u4E2D \U0001F600"), "Größe \u4E2D \U0001F600");
}

TEST(HtmlPage, IsOneFileThatFollowsTheReader) {
    const std::string page = document::htmlPage(sample::everyBlock("text"));
    EXPECT_EQ(page.find("http"), std::string::npos);
    EXPECT_EQ(page.find("url("), std::string::npos);
    EXPECT_NE(page.find("prefers-color-scheme:dark"), std::string::npos);
    EXPECT_NE(page.find("size:A4"), std::string::npos);
    for (const std::string tag : {"table", "svg", "figure", "tr", "ul", "p", "pre", "thead"})
        EXPECT_EQ(occurrences(page, "<" + tag + ">") + occurrences(page, "<" + tag + " "),
                  occurrences(page, "</" + tag + ">"))
            << tag;
}

TEST(HtmlPage, ATableWithoutTitlesHasNoHead) {
    document::Document page{"t", {}};
    page.add(document::Table{{{""}, {""}}, {{"a", "b"}}});
    EXPECT_EQ(document::htmlPage(page).find("<thead"), std::string::npos);
}

}  // namespace
