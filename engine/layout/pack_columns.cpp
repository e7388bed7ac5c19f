// SPDX-License-Identifier: GPL-3.0-or-later
#include "layout/pack_columns.h"

#include <algorithm>
#include <cmath>

namespace layout {
namespace {

/// Networks are tall, and so are columns of small ones.
constexpr float kTall = 1.6f;

}  // namespace

PackedColumns packColumns(const std::vector<NodeSize>& sizes, const std::vector<float>& tops,
                          float gap, float height) {
    float highest = height;
    double area = 0;
    for (size_t i = 0; i < sizes.size(); ++i) {
        const float top = tops.empty() ? 0 : tops[i];
        highest = std::max(highest, top + sizes[i].height);
        area += (double{sizes[i].width} + gap) * (double{sizes[i].height} + gap);
    }
    highest = std::max(highest, kTall * static_cast<float>(std::sqrt(area)));
    PackedColumns packed;
    float left = 0, next = 0, widest = 0;
    for (size_t i = 0; i < sizes.size(); ++i) {
        const float least = tops.empty() ? 0 : tops[i];
        if (next > 0 && std::max(next, least) + sizes[i].height > highest) {
            left += widest + gap;
            next = widest = 0;
        }
        const float top = std::max(next, least);
        packed.corners.push_back({left, top});
        next = top + sizes[i].height + gap;
        widest = std::max(widest, sizes[i].width);
        packed.width = std::max(packed.width, left + sizes[i].width);
        packed.height = std::max(packed.height, top + sizes[i].height);
    }
    return packed;
}

}  // namespace layout
