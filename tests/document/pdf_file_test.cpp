// SPDX-License-Identifier: GPL-3.0-or-later
// A document as PDF: its structure, checked as a reader does.
#include <gtest/gtest.h>

#include <regex>

#include "document/save_document.h"
#include "document/write_pdf.h"
#include "sample_document.h"
#include "support/temporary_dir.h"

namespace {

/// The text that strings of the content streams show, a line each.
std::string shownText(const std::string& pdf) {
    static const std::regex shown(R"(\(((?:\\.|[^\\()])*)\) Tj)");
    std::string text;
    for (std::sregex_iterator found(pdf.begin(), pdf.end(), shown), end; found != end; ++found)
        text += (*found)[1].str() + "\n";
    return text;
}

size_t countOf(const std::string& text, const std::string& part) {
    size_t found = 0;
    for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++found;
    return found;
}

/// Every entry of the cross-reference table points to its object, and streams are as long as said.
void expectWhole(const std::string& pdf) {
    ASSERT_TRUE(pdf.starts_with("%PDF-1.7\n"));
    ASSERT_TRUE(pdf.ends_with("%%EOF\n"));
    const size_t table = std::stoul(pdf.substr(pdf.rfind("startxref\n") + 10));
    ASSERT_EQ(pdf.substr(table, 5), "xref\n");
    const size_t count = std::stoul(pdf.substr(table + 7));
    for (size_t object = 1; object < count; ++object) {
        const size_t entry = pdf.find('\n', table + 5) + 1 + 20 * object;
        const std::string head = std::to_string(object) + " 0 obj\n";
        EXPECT_EQ(pdf.substr(std::stoul(pdf.substr(entry, 10)), head.size()), head);
    }
    size_t streams = 0;
    for (size_t at = pdf.find("/Length "); at != std::string::npos;
         at = pdf.find("/Length ", at + 1)) {
        const size_t begin = pdf.find("stream\n", at) + 7;
        EXPECT_EQ(pdf.substr(begin + std::stoul(pdf.substr(at + 8)), 11), "\nendstream\n");
        ++streams;
    }
    EXPECT_EQ(streams, countOf(pdf, "/Type /Page "));
}

TEST(PdfFile, ShowsEveryBlock) {
    const std::string pdf = document::pdfFile(sample::everyBlock("word"));
    expectWhole(pdf);
    // Title and footer, lead, heading, paragraph, 2 bullets with their signs, head and rows of the
    // table, label, caption, command.
    EXPECT_EQ(countOf(shownText(pdf), "word\n"), 16u);
    EXPECT_EQ(pdf, document::pdfFile(sample::everyBlock("word"))) << "equal documents, equal files";
}

TEST(PdfFile, NamesNeverBecomeOperators) {
    const std::string pdf =
        document::pdfFile(sample::everyBlock(") Tj ET endstream endobj \\ ( \n\xFF"));
    expectWhole(pdf);
    EXPECT_NE(shownText(pdf).find("\\) Tj ET"), std::string::npos);
    EXPECT_EQ(pdf.find("\n) Tj"), std::string::npos);
}

TEST(PdfFile, ALongTableRepeatsItsHeadOnEachSheet) {
    document::Table table{{{"Layer"}, {"Bytes", true}}, {}};
    for (int i = 0; i < 200; ++i)
        table.rows.push_back({"layer " + std::to_string(i), std::to_string(i)});
    document::Document page{"Long", {}};
    page.add(table);
    const std::string pdf = document::pdfFile(page);
    expectWhole(pdf);
    const size_t sheets = countOf(pdf, "/Type /Page ");
    EXPECT_GT(sheets, 2u);
    EXPECT_EQ(countOf(shownText(pdf), "Layer\n"), sheets);
    EXPECT_EQ(countOf(shownText(pdf), "layer "), 200u);
    EXPECT_NE(shownText(pdf).find("1 / " + std::to_string(sheets)), std::string::npos);
}

TEST(PdfFile, HugeCellsAndManyColumnsStayOnTheSheet) {
    document::Table table;
    for (int c = 0; c < 30; ++c)
        table.columns.push_back({"column " + std::to_string(c), c % 2 == 0});
    table.rows.emplace_back(30, std::string(5000, 'm'));
    document::Document page{std::string(300, 't'), {}};
    page.add(table);
    const std::string pdf = document::pdfFile(page);
    expectWhole(pdf);
    const std::regex place(R"(([\d.]+) ([\d.]+) Td)");
    for (std::sregex_iterator found(pdf.begin(), pdf.end(), place), end; found != end; ++found) {
        EXPECT_LT(std::stod((*found)[1]), 595);
        EXPECT_GE(std::stod((*found)[2]), 20);
    }
}

TEST(SaveDocument, TheEndingSaysTheForm) {
    const support::TemporaryDir dir;
    const auto page = sample::everyBlock("word");
    EXPECT_TRUE(document::saveDocument(page, dir / "a.html"));
    EXPECT_TRUE(document::saveDocument(page, dir / "a.pdf"));
    const auto refused = document::saveDocument(page, dir / "a.docx");
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message().find(".html or .pdf"), std::string::npos);
}

}  // namespace
