// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/write_pdf.h"

#include <algorithm>

#include "document/pdf_sheets.h"
#include "document/pdf_table.h"

namespace document {
namespace {

/// How a text is set.
struct Setting {
    PaperFont font = PaperFont::Regular;
    double size = 9.5, leading = 13;
    Ink ink = Ink::Text;
    double indent = 0;
};

/// Writes one block.
class PdfBlock {
public:
    explicit PdfBlock(Sheets& sheets) : m_sheets(sheets) {}

    void operator()(const Lead& block) const {
        write(block.text, {PaperFont::Regular, 16, 21, Ink::Text});
        m_sheets.space(6);
    }
    void operator()(const Heading& block) const {
        // A heading stays with what follows it.
        m_sheets.need(90);
        m_sheets.space(12);
        write(block.text, {PaperFont::Bold, 12, 16, Ink::Text});
        m_sheets.space(2);
    }
    void operator()(const Paragraph& block) const {
        write(block.text, {.ink = block.isMuted ? Ink::Muted : Ink::Text});
        m_sheets.space(4);
    }
    void operator()(const Bullets& block) const {
        for (const std::string& item : block.items) {
            m_sheets.need(13);
            m_sheets.text(Sheets::kLeft, m_sheets.y() + 9.5, "\x95", PaperFont::Regular, 9.5,
                          Ink::Muted);
            write(item, {.indent = 11});
        }
        m_sheets.space(4);
    }
    void operator()(const Table& table) const {
        writeTable(m_sheets, table);
        m_sheets.space(8);
    }
    void operator()(const Commands& block) const {
        for (const std::string& line : block.lines)
            write(line, {PaperFont::Fixed, 8, 11, Ink::Text, 0});
        m_sheets.space(6);
    }
    void operator()(const Drawing& drawing) const {
        if (drawing.width <= 0) return;
        const double scale = Sheets::kWidth / drawing.width, height = drawing.height * scale;
        m_sheets.need(height + 16);
        for (const Mark& mark : drawing.marks)
            draw(mark, scale, m_sheets.y());
        m_sheets.move(height + 3);
        if (!drawing.caption.empty())
            write(drawing.caption, {.size = 8, .leading = 11, .ink = Ink::Muted});
        m_sheets.space(6);
    }

private:
    void write(const std::string& text, const Setting& set) const {
        const auto lines =
            wrapped(paperText(text), set.font, set.size, Sheets::kWidth - set.indent);
        for (const std::string& line : lines) {
            m_sheets.need(set.leading);
            m_sheets.text(Sheets::kLeft + set.indent, m_sheets.y() + set.size, line, set.font,
                          set.size, set.ink);
            m_sheets.move(set.leading);
        }
    }

    void draw(const Mark& mark, double scale, double top) const {
        const double x = Sheets::kLeft + mark.x * scale, y = top + mark.y * scale;
        const double width = mark.width * scale, height = mark.height * scale;
        switch (mark.shape) {
            case Mark::Shape::Bar:
            case Mark::Shape::Area:
                return m_sheets.rectangle(x, y, std::max(0.25, width), height, mark.ink,
                                          mark.shape == Mark::Shape::Area);
            case Mark::Shape::Line:
                return m_sheets.line(x, y, width, height, mark.ink);
            case Mark::Shape::Text:
                break;
        }
        const double size = std::max(7.0, 11 * scale);  // small print is hard to read on paper
        const std::string text = paperText(mark.text);
        const double back = mark.width < 0 ? textWidth(text, PaperFont::Regular, size) : 0;
        m_sheets.text(x - back, y, text, PaperFont::Regular, size, mark.ink);
    }

    Sheets& m_sheets;
};

}  // namespace

std::string pdfFile(const Document& document) {
    Sheets sheets;
    const PdfBlock write(sheets);
    write(Paragraph{document.title, true});
    for (const Block& block : document.blocks)
        std::visit(write, block);
    return std::move(sheets).file(document.title);
}

}  // namespace document
