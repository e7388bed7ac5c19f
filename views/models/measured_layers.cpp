// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/measured_layers.h"

#include <QStringList>

#include "views/models/sample_summary.h"

namespace views {
namespace {

using types::Quantity;

QString sourceOf(const types::Session& session) {
    QStringList parts{QString::fromLatin1(types::sourceName(session.conditions.source))};
    for (const std::string& part : {session.conditions.board, session.conditions.core})
        if (!part.empty()) parts << QString::fromStdString(part);
    if (session.conditions.clockMhz > 0)
        parts << QStringLiteral("%1 MHz").arg(session.conditions.clockMhz);
    return QString::fromStdString(session.name) + ": " + parts.join(QStringLiteral(", "));
}

MeasuredLayers collect(const types::Session& session, Quantity quantity) {
    MeasuredLayers result{quantity, sourceOf(session), {}};
    for (const types::Measurement& measurement : session.measurements) {
        if (!measurement.layer || *measurement.layer < 0 || measurement.quantity != quantity)
            continue;
        const auto layer = static_cast<size_t>(*measurement.layer);
        const auto summary = summarize(measurement.samples);
        if (!summary) continue;
        if (result.medians.size() <= layer) result.medians.resize(layer + 1);
        result.medians[layer] = summary->median;
    }
    return result;
}

}  // namespace

std::optional<MeasuredLayers> measuredLayers(const types::Session& session) {
    for (Quantity quantity :
         {Quantity::LatencyUs, Quantity::Cycles, Quantity::Instructions, Quantity::Ticks}) {
        MeasuredLayers layers = collect(session, quantity);
        if (!layers.medians.empty()) return layers;
    }
    return std::nullopt;
}

}  // namespace views
