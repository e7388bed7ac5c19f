// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Sheets: A4 pages that are written from top to bottom, and the PDF 1.7 file (ISO 32000-1) that
// they make. Unit: points of 1/72 inch; y runs downwards from the top of the sheet.

#include <string>
#include <vector>

#include "document/document.h"
#include "document/paper_font.h"

namespace document {

class Sheets {
public:
    static constexpr double kLeft = 48, kWidth = 499, kTop = 52, kBottom = 786;

    Sheets() { begin(); }

    /// Where the next block begins.
    double y() const { return m_y; }
    /// Begins a sheet where less than `height` is left. Returns true if it did.
    bool need(double height);
    void move(double height) { m_y += height; }
    /// A space between blocks, which the top of a sheet does not need.
    void space(double height) { m_y += m_y > kTop ? height : 0; }

    /// `text` is Windows-1252; `y`: its base line.
    void text(double x, double y, const std::string& text, PaperFont font, double size, Ink ink);
    void line(double x, double y, double width, double height, Ink ink);
    /// `isArea`: what lies below shows, with a border.
    void rectangle(double x, double y, double width, double height, Ink ink, bool isArea);

    /// Puts title and page number below each sheet.
    std::string file(const std::string& title) &&;

private:
    void begin();
    void footers(const std::string& title);

    std::vector<std::string> m_sheets;  ///< content streams
    double m_y = kTop;
};

}  // namespace document
