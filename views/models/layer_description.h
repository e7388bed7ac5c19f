// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// LayerDescription: all facts about one operator as titled lines, for the selection panel: shapes,
// types, quantization, options, counts, cost with its source, and why it cannot run.

#include <QString>
#include <utility>
#include <vector>

#include "types/evaluation.h"

namespace views {

struct DescriptionSection {
    QString title;
    std::vector<std::pair<QString, QString>> lines;  ///< name, value
};

/// `layer` must be in range.
std::vector<DescriptionSection> describeLayer(const types::Evaluation& evaluation, int layer);

/// Options of an operator: ("stride", "2 x 2"), ("activation", "relu6").
std::vector<std::pair<QString, QString>> describeOptions(const types::Op& op);

/// "int8, scale 0.0235, zero point -128"; per channel: the range of the scales.
QString describeQuantization(const types::Tensor& tensor);

}  // namespace views
