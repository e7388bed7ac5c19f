// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/pdf_table.h"

#include <algorithm>
#include <numeric>

namespace document {
namespace {

constexpr double kGap = 10;
constexpr double kMaxWord = 120;  ///< longer words of texts may be broken
constexpr size_t kMaxLines = 12;  ///< of a cell

using Cells = std::vector<std::string>;  ///< of a row, as Windows-1252

double longestWord(const std::string& text, PaperFont font, double size) {
    double longest = 0;
    for (size_t at = 0; at < text.size();) {
        const size_t end = std::min(text.find(' ', at), text.size());
        longest = std::max(longest, textWidth(text.substr(at, end - at), font, size));
        at = end + 1;
    }
    return longest;
}

/// Widths that suit the contents, and those below which words would break.
struct ColumnWidths {
    std::vector<double> natural, least;

    static double sum(const std::vector<double>& widths) {
        return std::accumulate(widths.begin(), widths.end(), 0.0);
    }
};

class TableWriter {
public:
    TableWriter(Sheets& sheets, const Table& table) : m_sheets(sheets), m_table(table) {
        for (const Column& column : table.columns)
            m_titles.push_back(paperText(column.title));
        for (const auto& row : table.rows) {
            m_rows.emplace_back();
            for (const std::string& cell : row)
                m_rows.back().push_back(paperText(cell));
        }
        m_hasHead = std::ranges::any_of(m_titles, [](const auto& t) { return !t.empty(); });
        chooseWidths();
    }

    void write() {
        writeHead(m_rows.empty() ? 0 : heightOf(linesOf(m_rows[0], PaperFont::Regular)));
        for (size_t r = 0; r < m_rows.size(); ++r) {
            const auto lines = linesOf(m_rows[r], PaperFont::Regular);
            if (m_sheets.need(heightOf(lines))) writeHead(0);
            const bool isMuted = std::ranges::binary_search(m_table.mutedRows, r);
            writeRow(lines, PaperFont::Regular, isMuted ? Ink::Muted : Ink::Text);
        }
    }

private:
    ColumnWidths measured() const {
        ColumnWidths widths;
        for (size_t c = 0; c < m_titles.size(); ++c) {
            double natural = textWidth(m_titles[c], PaperFont::Bold, m_size);
            double least = longestWord(m_titles[c], PaperFont::Bold, m_size);
            for (const Cells& row : m_rows) {
                const double width = textWidth(row[c], PaperFont::Regular, m_size);
                natural = std::max(natural, width);
                least = std::max(least, m_table.columns[c].isNumber
                                            ? width
                                            : longestWord(row[c], PaperFont::Regular, m_size));
            }
            widths.natural.push_back(natural);
            const bool isNumber = m_table.columns[c].isNumber;
            widths.least.push_back(isNumber ? least : std::min(least, kMaxWord));
        }
        return widths;
    }

    void chooseWidths() {
        const double room = Sheets::kWidth - kGap * static_cast<double>(m_titles.size() - 1);
        for (m_size = 8.5; m_size >= 6; m_size -= 1) {
            const ColumnWidths widths = measured();
            const double least = ColumnWidths::sum(widths.least),
                         all = ColumnWidths::sum(widths.natural);
            m_widths = widths.natural;
            if (all <= room) return;
            if (least > room) continue;
            for (size_t c = 0; c < m_widths.size(); ++c)
                m_widths[c] = widths.least[c] + (room - least) / (all - least) *
                                                    (widths.natural[c] - widths.least[c]);
            return;
        }
        m_size = 6.5;
        m_widths = measured().least;
        const double share = room / ColumnWidths::sum(m_widths);
        for (double& width : m_widths)
            width *= share;
    }

    std::vector<Cells> linesOf(const Cells& row, PaperFont font) const {
        std::vector<Cells> lines;
        for (size_t c = 0; c < row.size(); ++c) {
            // What is as wide as its column must not be broken by rounding.
            lines.push_back(wrapped(row[c], font, m_size, m_widths[c] + 0.01));
            if (lines.back().size() <= kMaxLines) continue;
            lines.back().resize(kMaxLines);
            lines.back().back() = "\x85";
        }
        return lines;
    }
    double leading() const { return m_size * 1.3; }
    double heightOf(const std::vector<Cells>& lines) const {
        size_t most = 1;
        for (const Cells& cell : lines)
            most = std::max(most, cell.size());
        return static_cast<double>(most) * leading() + 4;
    }

    /// Keeps a row of `following` height below it.
    void writeHead(double following) {
        if (!m_hasHead) return;
        const auto lines = linesOf(m_titles, PaperFont::Bold);
        m_sheets.need(heightOf(lines) + following);
        writeRow(lines, PaperFont::Bold, Ink::Text);
    }
    void writeRow(const std::vector<Cells>& lines, PaperFont font, Ink ink) {
        double x = Sheets::kLeft;
        for (size_t c = 0; c < lines.size(); ++c) {
            double y = m_sheets.y() + 2 + m_size;
            for (const std::string& line : lines[c]) {
                const double indent =
                    m_table.columns[c].isNumber ? m_widths[c] - textWidth(line, font, m_size) : 0;
                m_sheets.text(x + indent, y, line, font, m_size, ink);
                y += leading();
            }
            x += m_widths[c] + kGap;
        }
        m_sheets.move(heightOf(lines));
        m_sheets.line(Sheets::kLeft, m_sheets.y(), x - kGap - Sheets::kLeft, 0, Ink::Line);
    }

    Sheets& m_sheets;
    const Table& m_table;
    Cells m_titles;
    std::vector<Cells> m_rows;
    bool m_hasHead = false;
    double m_size = 8.5;
    std::vector<double> m_widths;
};

}  // namespace

void writeTable(Sheets& sheets, const Table& table) {
    if (!table.columns.empty()) TableWriter(sheets, table).write();
}

}  // namespace document
