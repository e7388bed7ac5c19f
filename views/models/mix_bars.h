// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// MixBars: the instructions of a session's layers as stacked bars: one part per class, one unit for
// the whole axis. In total, or per MAC of the model.

#include <QColor>
#include <QString>
#include <array>
#include <vector>

#include "types/instruction_mix.h"

namespace views {

struct MixBar {
    int layer = 0;
    /// In the axis unit, in the order of types::kInstructionClasses; all zero where unknown.
    std::array<double, types::kInstructionClasses.size()> parts{};
    QString toolTip;
};

struct MixBars {
    std::vector<MixBar> bars;
    double largest = 0;  ///< largest whole bar
    QString axisTitle;   ///< "Instructions, k"
};

enum class MixPer { Inference, Mac };

/// True for a session that counted the instructions of layers by class.
bool hasMix(const types::Session& session);
/// Layers without MACs have no bar per MAC.
MixBars mixBars(const types::Session& session, MixPer per);

QString instructionClassName(size_t index);
QColor instructionClassColor(size_t index);

}  // namespace views
