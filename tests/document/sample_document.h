// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A document with a block of each kind, whose every text is `text`.

#include "document/document.h"

namespace sample {

inline document::Document everyBlock(const std::string& text) {
    using document::Mark;
    document::Document page{text, {}};
    page.add(document::Lead{text});
    page.add(document::Heading{text});
    page.add(document::Paragraph{text, true});
    page.add(document::Bullets{{text, text}});
    page.add(document::Table{{{text}, {text, true}}, {{text, text}, {text, text}}, {1}});
    document::Drawing drawing{100, 50, text, {}, text};
    drawing.marks = {{Mark::Shape::Bar, 1, 2, 3, 4},
                     {Mark::Shape::Area, 1, 2, 3, 4},
                     {Mark::Shape::Line, 1, 2, 3, 4},
                     {Mark::Shape::Text, 90, 20, -1, 0, document::Ink::Text, text}};
    page.add(drawing);
    page.add(document::Commands{{text}});
    return page;
}

}  // namespace sample
