// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/mix_bars.h"

#include <QCoreApplication>
#include <algorithm>
#include <numeric>

#include "views/models/sessions_model.h"
#include "views/number_format.h"

namespace views {
namespace {

using types::InstructionMix;

// Colours of Okabe and Ito; multiply-accumulates, the most important class, in orange.
constexpr std::array<QRgb, types::kInstructionClasses.size()> kColors = {
    0xff0072b2, 0xff56b4e9, 0xffe69f00, 0xffd55e00, 0xffcc79a7, 0xff999999};

QString inMixBars(const char* text) {
    return QCoreApplication::translate("MixBars", text);
}

QString countText(double count) {
    return sampleNumber(types::Quantity::Instructions, count);
}

QString toolTipOf(const InstructionMix& mix) {
    QStringList lines{QString::fromStdString(types::layerKey(*mix.layer, mix.op)),
                      inMixBars("%1 instructions").arg(countText(mix.instructions))};
    if (const auto perMac = mix.instructionsPerMac())
        lines << inMixBars("%1 a MAC").arg(*perMac, 0, 'f', 2);
    for (size_t c = 0; c < mix.classes->size(); ++c)
        lines << QStringLiteral("%1: %2 (%3)")
                     .arg(instructionClassName(c), countText((*mix.classes)[c]),
                          percentText(mix.percentOf(c).value_or(0), 'f', 1));
    return lines.join('\n');
}

/// Divisor of each count; 0: no bar.
double divisorOf(const InstructionMix& mix, MixPer per) {
    if (!mix.layer || !mix.classes) return 0;
    return per == MixPer::Inference ? 1 : mix.macs.value_or(0);
}

}  // namespace

bool hasMix(const types::Session& session) {
    const auto mixes = types::instructionMixes(session);
    return std::any_of(mixes.begin(), mixes.end(),
                       [](const InstructionMix& mix) { return mix.layer && mix.classes; });
}

MixBars mixBars(const types::Session& session, MixPer per) {
    MixBars result;
    for (const InstructionMix& mix : types::instructionMixes(session)) {
        if (!mix.layer || !mix.classes) continue;
        MixBar bar{*mix.layer, {}, toolTipOf(mix)};
        if (const double divisor = divisorOf(mix, per); divisor > 0)
            std::transform(mix.classes->begin(), mix.classes->end(), bar.parts.begin(),
                           [&](double count) { return count / divisor; });
        result.largest =
            std::max(result.largest, std::accumulate(bar.parts.begin(), bar.parts.end(), 0.0));
        result.bars.push_back(std::move(bar));
    }
    result.axisTitle = inMixBars("Instructions a MAC");
    if (per == MixPer::Mac) return result;
    const AxisScale scale = axisScale(Unit::Count, result.largest);
    for (MixBar& bar : result.bars)
        for (double& part : bar.parts)
            part /= scale.divisor;
    result.largest /= scale.divisor;
    result.axisTitle = inMixBars("Instructions");
    if (!scale.name.isEmpty()) result.axisTitle += ", " + scale.name;
    return result;
}

QString instructionClassName(size_t index) {
    // The keys' words, except one that is too long for a column.
    return index == 2 ? inMixBars("mult.-acc.") : inMixBars(types::kInstructionClasses[index]);
}

QColor instructionClassColor(size_t index) {
    return kColors[index];
}

}  // namespace views
