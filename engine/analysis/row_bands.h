// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Row bands: which operators compute rows of an NHWC image (batch 1) from rows of their inputs, and
// which rows they read. Convolutions, pools, PAD, concatenations of columns or channels, and
// operators that work element by element or along the last axis.

#include <cstdint>
#include <optional>
#include <vector>

#include "types/band_plan.h"
#include "types/graph.h"

namespace analysis {

/// Output row r reads the `reach` input rows from r * stride - padding on; those outside the image
/// are padding.
struct RowRule {
    int32_t stride = 1, reach = 1, padding = 0;
    /// Operands that are read by rows. All others are constants, or read as a whole.
    std::vector<size_t> inputs;

    /// The rows inside an image of `height` rows; empty where all are padding.
    types::RowSpan inputRows(types::RowSpan output, int32_t height) const {
        const auto inside = [&](int64_t row) {
            return static_cast<int32_t>(std::clamp<int64_t>(row, 0, height));
        };
        const int64_t first = int64_t{output.first} * stride - padding;
        return {inside(first), inside((int64_t{output.end} - 1) * stride - padding + reach)};
    }
    /// Rows of padding above the first input row that `output` reads.
    int32_t paddingAbove(types::RowSpan output) const {
        return static_cast<int32_t>(std::max<int64_t>(0, padding - int64_t{output.first} * stride));
    }
};

/// Empty for an operator that is computed as a whole.
std::optional<RowRule> rowRule(const types::Graph& graph, const types::Op& op);

/// Bytes of one row of a 4-D tensor.
int64_t rowBytes(const types::Tensor& tensor);

}  // namespace analysis
