// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/pdf_sheets.h"

#include <cstdio>

#include "document/unicode_text.h"
#include "types/number_text.h"

namespace document {
namespace {

constexpr double kSheetHeight = 842, kSheetWidth = 595;
constexpr double kFooter = 812;

std::string point(double value) {
    return types::fixedText(value, 2) + " ";
}

/// Colours of paper: those that write_html.cpp prints with.
const char* colorOf(Ink ink) {
    constexpr const char* kColors[] = {"0 0 0",       ".33 .33 .33", ".75 .75 .75",
                                       ".42 .47 .52", "0 .45 .7",    ".7 .36 0"};
    return kColors[static_cast<size_t>(ink)];
}

/// "(text)", with what has a meaning there escaped.
std::string literal(const std::string& text) {
    std::string result = "(";
    for (const char c : text) {
        const auto code = static_cast<uint8_t>(c);
        if (c == '(' || c == ')' || c == '\\') {
            result += '\\';
            result += c;
        } else if (code >= 0x20 && code < 0x7F) {
            result += c;
        } else {
            char octal[8];
            std::snprintf(octal, sizeof octal, "\\%03o", code);
            result += octal;
        }
    }
    return result + ")";
}

/// A text string as UTF-16, for the properties of the file.
std::string property(const std::string& utf8) {
    std::string result = "<FEFF";
    const auto add = [&result](char32_t unit) {
        char hex[8];
        std::snprintf(hex, sizeof hex, "%04X", static_cast<unsigned>(unit));
        result += hex;
    };
    for (const char32_t c : shownCharacters(utf8)) {
        if (c < 0x10000) {
            add(c);
            continue;
        }
        add(0xD800 + ((c - 0x10000) >> 10));
        add(0xDC00 + ((c - 0x10000) & 0x3FF));
    }
    return result + ">";
}

/// Numbers objects from 1 in the order of adding, and keeps where each begins.
class PdfFile {
public:
    PdfFile() : m_text("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n") {}

    void add(const std::string& object) {
        m_offsets.push_back(m_text.size());
        m_text += std::to_string(m_offsets.size()) + " 0 obj\n" + object + "\nendobj\n";
    }
    void addStream(const std::string& content) {
        add("<< /Length " + std::to_string(content.size()) + " >>\nstream\n" + content +
            "\nendstream");
    }
    std::string end(const std::string& trailer) && {
        const size_t table = m_text.size();
        const std::string count = std::to_string(m_offsets.size() + 1);
        m_text += "xref\n0 " + count + "\n0000000000 65535 f \n";
        for (const size_t offset : m_offsets) {
            char entry[32];
            std::snprintf(entry, sizeof entry, "%010zu 00000 n \n", offset);
            m_text += entry;
        }
        return m_text + "trailer\n<< /Size " + count + " " + trailer + " >>\nstartxref\n" +
               std::to_string(table) + "\n%%EOF\n";
    }

private:
    std::string m_text;
    std::vector<size_t> m_offsets;
};

}  // namespace

void Sheets::begin() {
    m_sheets.emplace_back();
    m_y = kTop;
}

bool Sheets::need(double height) {
    if (m_y + height <= kBottom || m_y <= kTop) return false;
    begin();
    return true;
}

void Sheets::text(double x, double y, const std::string& text, PaperFont font, double size,
                  Ink ink) {
    if (text.empty()) return;
    m_sheets.back() += std::string(colorOf(ink)) + " rg BT /F" +
                       std::to_string(static_cast<int>(font)) + " " + point(size) + "Tf " +
                       point(x) + point(kSheetHeight - y) + "Td " + literal(text) + " Tj ET\n";
}

void Sheets::line(double x, double y, double width, double height, Ink ink) {
    m_sheets.back() += std::string(colorOf(ink)) + " RG .5 w " + point(x) +
                       point(kSheetHeight - y) + "m " + point(x + width) +
                       point(kSheetHeight - y - height) + "l S\n";
}

void Sheets::rectangle(double x, double y, double width, double height, Ink ink, bool isArea) {
    const std::string shape =
        point(x) + point(kSheetHeight - y - height) + point(width) + point(height) + "re ";
    const std::string color = colorOf(ink);
    std::string& sheet = m_sheets.back();
    if (isArea)
        sheet +=
            "q /Clear gs " + color + " rg " + shape + "f Q " + color + " RG .4 w " + shape + "S\n";
    else
        sheet += color + " rg " + shape + "f\n";
}

void Sheets::footers(const std::string& title) {
    constexpr double kSize = 8;
    const std::string name = wrapped(paperText(title), PaperFont::Regular, kSize, kWidth - 60)[0];
    const std::vector<std::string> sheets = std::move(m_sheets);
    m_sheets.clear();
    for (size_t i = 0; i < sheets.size(); ++i) {
        m_sheets.push_back(sheets[i]);
        const std::string number = std::to_string(i + 1) + " / " + std::to_string(sheets.size());
        text(kLeft, kFooter, name, PaperFont::Regular, kSize, Ink::Muted);
        text(kLeft + kWidth - textWidth(number, PaperFont::Regular, kSize), kFooter, number,
             PaperFont::Regular, kSize, Ink::Muted);
    }
}

std::string Sheets::file(const std::string& title) && {
    footers(title);
    constexpr int kFirstFont = 4;
    const int firstPage = kFirstFont + static_cast<int>(kPaperFonts.size());
    std::string kids, fonts;
    for (size_t i = 0; i < m_sheets.size(); ++i)
        kids += std::to_string(firstPage + 2 * static_cast<int>(i)) + " 0 R ";
    for (size_t f = 0; f < kPaperFonts.size(); ++f)
        fonts += "/F" + std::to_string(f) + " " + std::to_string(kFirstFont + static_cast<int>(f)) +
                 " 0 R ";
    PdfFile file;
    file.add(
        "<< /Type /Catalog /Pages 2 0 R /Lang (en) /ViewerPreferences << /DisplayDocTitle "
        "true >> >>");
    file.add("<< /Type /Pages /Count " + std::to_string(m_sheets.size()) + " /MediaBox [0 0 " +
             point(kSheetWidth) + point(kSheetHeight) + "] /Resources << /Font << " + fonts +
             ">> /ExtGState << /Clear << /ca .3 >> >> >> /Kids [" + kids + "] >>");
    file.add("<< /Title " + property(title) + " /Producer (Netcaliper) >>");
    for (const char* font : kPaperFonts)
        file.add(std::string("<< /Type /Font /Subtype /Type1 /BaseFont /") + font +
                 " /Encoding /WinAnsiEncoding >>");
    for (size_t i = 0; i < m_sheets.size(); ++i) {
        const int content = firstPage + 2 * static_cast<int>(i) + 1;
        file.add("<< /Type /Page /Parent 2 0 R /Contents " + std::to_string(content) + " 0 R >>");
        file.addStream(m_sheets[i]);
    }
    return std::move(file).end("/Root 1 0 R /Info 3 0 R");
}

}  // namespace document
