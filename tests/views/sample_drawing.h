// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Drawings of sample::graph(), by hand: an input, three operators, an output; the third operator
// reads the first, too. And one with the last two operators folded.

#include <memory>

#include "sample_evaluation.h"
#include "types/drawn_graph.h"

namespace sample {

inline types::DrawnBox box(types::BoxKind kind, int first, int last, float y) {
    types::DrawnBox box;
    box.kind = kind;
    box.firstOp = first;
    box.lastOp = last;
    box.centre = {120, y};
    box.width = 200;
    box.height = 40;
    return box;
}

inline void join(types::DrawnGraph& drawn, int from, int to, int tensor) {
    const auto &upper = drawn.boxes[size_t(from)], &lower = drawn.boxes[size_t(to)];
    drawn.lines.push_back(
        {from,
         to,
         tensor,
         {{upper.centre.x, upper.centre.y + 20}, {lower.centre.x, lower.centre.y - 20}}});
}

inline std::shared_ptr<const types::DrawnGraph> drawing() {
    using enum types::BoxKind;
    auto drawn = std::make_shared<types::DrawnGraph>();
    drawn->boxes = {box(Input, -1, -1, 30), box(Operator, 0, 0, 110), box(Operator, 1, 1, 190),
                    box(Operator, 2, 2, 270), box(Output, -1, -1, 350)};
    drawn->boxes[0].tensor = 0;
    drawn->boxes[4].tensor = 3;
    join(*drawn, 0, 1, 0);
    join(*drawn, 1, 2, 1);
    join(*drawn, 1, 3, 1);
    join(*drawn, 2, 3, 2);
    join(*drawn, 3, 4, 3);
    drawn->width = 240;
    drawn->height = 380;
    return drawn;
}

inline std::shared_ptr<const types::DrawnGraph> foldedDrawing() {
    using enum types::BoxKind;
    auto drawn = std::make_shared<types::DrawnGraph>();
    drawn->boxes = {box(Input, -1, -1, 30), box(Operator, 0, 0, 110), box(Block, 1, 2, 190),
                    box(Output, -1, -1, 270)};
    drawn->boxes[0].tensor = 0;
    drawn->boxes[2].block = 0;
    drawn->boxes[3].tensor = 3;
    drawn->blocks = {{0, 1, 1, 2}};
    join(*drawn, 0, 1, 0);
    join(*drawn, 1, 2, 1);
    join(*drawn, 2, 3, 3);
    drawn->width = 240;
    drawn->height = 300;
    return drawn;
}

}  // namespace sample
