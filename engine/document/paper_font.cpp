// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/paper_font.h"

#include <algorithm>
#include <utility>

#include "document/unicode_text.h"

namespace document {
namespace {

constexpr int kFirstCode = 32;

/// Thousandths of the size, from code 32 on.
using Widths = std::array<uint16_t, 224>;

constexpr Widths kRegular = {
    278,  278, 355, 556, 556,  889, 667, 191, 333, 333, 389, 584,  278, 333,  278,  278,  556, 556,
    556,  556, 556, 556, 556,  556, 556, 556, 278, 278, 584, 584,  584, 556,  1015, 667,  667, 722,
    722,  667, 611, 778, 722,  278, 500, 667, 556, 833, 722, 778,  667, 778,  722,  667,  611, 722,
    667,  944, 667, 667, 611,  278, 278, 278, 469, 556, 333, 556,  556, 500,  556,  556,  278, 556,
    556,  222, 222, 500, 222,  833, 556, 556, 556, 556, 333, 500,  278, 556,  500,  722,  500, 500,
    500,  334, 260, 334, 584,  350, 556, 350, 222, 556, 333, 1000, 556, 556,  333,  1000, 667, 333,
    1000, 350, 611, 350, 350,  222, 222, 333, 333, 350, 556, 1000, 333, 1000, 500,  333,  944, 350,
    500,  667, 278, 333, 556,  556, 556, 556, 260, 556, 333, 737,  370, 556,  584,  333,  737, 333,
    400,  584, 333, 333, 333,  556, 537, 278, 333, 333, 365, 556,  834, 834,  834,  611,  667, 667,
    667,  667, 667, 667, 1000, 722, 667, 667, 667, 667, 278, 278,  278, 278,  722,  722,  778, 778,
    778,  778, 778, 584, 778,  722, 722, 722, 722, 667, 667, 611,  556, 556,  556,  556,  556, 556,
    889,  500, 556, 556, 556,  556, 278, 278, 278, 278, 556, 556,  556, 556,  556,  556,  556, 584,
    611,  556, 556, 556, 556,  500, 556, 500};

constexpr Widths kBold = {
    278,  333, 474, 556, 556,  889, 722, 238, 333, 333, 389, 584,  278, 333,  278, 278,  556, 556,
    556,  556, 556, 556, 556,  556, 556, 556, 333, 333, 584, 584,  584, 611,  975, 722,  722, 722,
    722,  667, 611, 778, 722,  278, 556, 722, 611, 833, 722, 778,  667, 778,  722, 667,  611, 722,
    667,  944, 667, 667, 611,  333, 278, 333, 584, 556, 333, 556,  611, 556,  611, 556,  333, 611,
    611,  278, 278, 556, 278,  889, 611, 611, 611, 611, 389, 556,  333, 611,  556, 778,  556, 556,
    500,  389, 280, 389, 584,  350, 556, 350, 278, 556, 500, 1000, 556, 556,  333, 1000, 667, 333,
    1000, 350, 611, 350, 350,  278, 278, 500, 500, 350, 556, 1000, 333, 1000, 556, 333,  944, 350,
    500,  667, 278, 333, 556,  556, 556, 556, 280, 556, 333, 737,  370, 556,  584, 333,  737, 333,
    400,  584, 333, 333, 333,  611, 556, 278, 333, 333, 365, 556,  834, 834,  834, 611,  722, 722,
    722,  722, 722, 722, 1000, 722, 667, 667, 667, 667, 278, 278,  278, 278,  722, 722,  778, 778,
    778,  778, 778, 584, 778,  722, 722, 722, 722, 667, 667, 611,  556, 556,  556, 556,  556, 556,
    889,  556, 556, 556, 556,  556, 278, 278, 278, 278, 611, 611,  611, 611,  611, 611,  611, 584,
    611,  611, 611, 611, 611,  556, 611, 556};

/// Windows-1252 from 0x80 to 0x9F; 0: no character.
constexpr std::array<char16_t, 32> kWindows = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

/// Characters of our own texts that the fonts lack.
constexpr std::pair<char32_t, const char*> kNearest[] = {
    {0x2212, "\x96"}, {0x2264, "<="},   {0x2265, ">="}, {0x2260, "!="},
    {0x2192, "->"},   {0x03BC, "\xB5"}, {0x2009, " "},  {0x202F, " "},
    {0x2011, "-"},    {'\n', " "},      {'\t', " "}};

void appendPaper(std::string& text, char32_t c) {
    const bool isPlain = (c >= 0x20 && c < 0x7F) || (c >= 0xA0 && c <= 0xFF);
    if (isPlain) {
        text += static_cast<char>(c);
        return;
    }
    for (const auto& [character, nearest] : kNearest)
        if (character == c) {
            text += nearest;
            return;
        }
    for (size_t i = 0; i < kWindows.size(); ++i)
        if (kWindows[i] == c) {
            text += static_cast<char>(0x80 + i);
            return;
        }
    text += '?';
}

double widthOf(char c, PaperFont font) {
    if (font == PaperFont::Fixed) return 600;
    const int code = static_cast<uint8_t>(c) - kFirstCode;
    if (code < 0) return 0;
    return (font == PaperFont::Bold ? kBold : kRegular)[static_cast<size_t>(code)];
}

/// Fills lines word by word.
class LineFiller {
public:
    LineFiller(PaperFont font, double size, double width)
        : m_font(font), m_size(size), m_width(width) {}

    /// `word` with the spaces before it.
    void add(std::string_view spaces, std::string_view word) {
        const std::string joined = m_line + std::string(spaces) + std::string(word);
        if (textWidth(joined, m_font, m_size) <= m_width) {
            m_line = joined;
            return;
        }
        if (!m_line.empty()) end();
        for (const char c : word) {
            if (!m_line.empty() && textWidth(m_line + c, m_font, m_size) > m_width) end();
            m_line += c;
        }
    }
    std::vector<std::string> lines() && {
        if (!m_line.empty() || m_lines.empty()) end();
        return std::move(m_lines);
    }

private:
    void end() { m_lines.push_back(std::exchange(m_line, {})); }

    PaperFont m_font;
    double m_size, m_width;
    std::string m_line;
    std::vector<std::string> m_lines;
};

}  // namespace

std::string paperText(std::string_view utf8) {
    std::string text;
    for (const char32_t c : shownCharacters(utf8))
        appendPaper(text, c);
    return text;
}

double textWidth(std::string_view text, PaperFont font, double size) {
    double thousandths = 0;
    for (const char c : text)
        thousandths += widthOf(c, font);
    return thousandths * size / 1000;
}

std::vector<std::string> wrapped(std::string_view text, PaperFont font, double size, double width) {
    LineFiller filler(font, size, width);
    while (!text.empty()) {
        const size_t word = std::min(text.find_first_not_of(' '), text.size());
        const size_t end = std::min(text.find(' ', word), text.size());
        filler.add(text.substr(0, word), text.substr(word, end - word));
        text.remove_prefix(end);
    }
    return std::move(filler).lines();
}

}  // namespace document
