// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/models/session_boxes.h"

#include <QCoreApplication>
#include <algorithm>

#include "types/instruction_mix.h"
#include "views/models/sessions_model.h"
#include "views/number_format.h"

namespace views {
namespace {

using types::Measurement;
using types::Quantity;

constexpr double kFence = 1.5;

Unit unitFor(Quantity quantity) {
    switch (quantity) {
        case Quantity::LatencyUs:
            return Unit::Microseconds;
        case Quantity::EnergyUj:
            return Unit::Microjoules;
        case Quantity::Bytes:
            return Unit::Bytes;
        case Quantity::Share:
            return Unit::Share;
        default:
            return Unit::Count;
    }
}

QString boxToolTip(const Measurement& measurement, const SampleSummary& summary) {
    const auto text = [&](double value) { return quantityText(measurement.quantity, value); };
    return QCoreApplication::translate("SessionBoxes",
                                       "%1\nmedian %2 of %3 samples\nhalf of them %4 to %5\nall %6 "
                                       "to %7")
        .arg(QString::fromStdString(measurement.key), text(summary.median))
        .arg(summary.count)
        .arg(text(summary.lowerQuartile), text(summary.upperQuartile), text(summary.lowest),
             text(summary.highest));
}

SessionBox boxOf(const Measurement& measurement, double divisor) {
    std::vector<double> scaled = measurement.samples;
    SessionBox box;
    box.toolTip = boxToolTip(measurement, *summarize(scaled));
    for (double& sample : scaled)
        sample /= divisor;
    box.layer = *measurement.layer;
    box.name = QString::fromStdString(measurement.key);
    box.summary = *summarize(scaled);
    const double reach = kFence * (box.summary.upperQuartile - box.summary.lowerQuartile);
    box.whiskerLow = box.summary.upperQuartile;
    box.whiskerHigh = box.summary.lowerQuartile;
    for (double sample : scaled) {
        if (sample < box.summary.lowerQuartile - reach ||
            sample > box.summary.upperQuartile + reach) {
            box.outliers.push_back(sample);
            continue;
        }
        box.whiskerLow = std::min(box.whiskerLow, sample);
        box.whiskerHigh = std::max(box.whiskerHigh, sample);
    }
    return box;
}

/// Of a layer itself; its parts have a chart of their own (mix_bars.h).
bool isOfLayer(const Measurement& measurement) {
    return measurement.layer && !measurement.samples.empty() && types::partOf(measurement).empty();
}

}  // namespace

QString quantityTitle(Quantity quantity) {
    switch (quantity) {
        case Quantity::LatencyUs:
            return QCoreApplication::translate("SessionBoxes", "Latency");
        case Quantity::Cycles:
            return QCoreApplication::translate("SessionBoxes", "Cycles");
        case Quantity::Ticks:
            return QCoreApplication::translate("SessionBoxes", "Ticks");
        case Quantity::Instructions:
            return QCoreApplication::translate("SessionBoxes", "Instructions");
        case Quantity::EnergyUj:
            return QCoreApplication::translate("SessionBoxes", "Energy");
        case Quantity::PowerMw:
            return QCoreApplication::translate("SessionBoxes", "Power");
        case Quantity::Bytes:
            return QCoreApplication::translate("SessionBoxes", "Memory");
        default:
            return types::unitOf(quantity);
    }
}

QString layerQuantityName(const types::Session& session, Quantity quantity) {
    const bool isEstimated = std::any_of(
        session.measurements.begin(), session.measurements.end(), [&](const Measurement& m) {
            return m.estimated && m.quantity == quantity && isOfLayer(m);
        });
    const QString name = quantityTitle(quantity);
    return isEstimated ? QCoreApplication::translate("SessionBoxes", "%1, estimated").arg(name)
                       : name;
}

std::vector<Quantity> layerQuantitiesOf(const types::Session& session) {
    std::vector<Quantity> quantities;
    for (const Measurement& measurement : session.measurements)
        if (isOfLayer(measurement)) quantities.push_back(measurement.quantity);
    std::sort(quantities.begin(), quantities.end());
    quantities.erase(std::unique(quantities.begin(), quantities.end()), quantities.end());
    return quantities;
}

SessionBoxes sessionBoxes(const types::Session& session, Quantity quantity) {
    SessionBoxes result;
    double largest = 0;
    const auto isShown = [&](const Measurement& measurement) {
        return measurement.quantity == quantity && isOfLayer(measurement);
    };
    for (const Measurement& measurement : session.measurements)
        if (isShown(measurement))
            for (double sample : measurement.samples)
                largest = std::max(largest, sample);
    const AxisScale scale = axisScale(unitFor(quantity), largest);
    for (const Measurement& measurement : session.measurements)
        if (isShown(measurement)) result.boxes.push_back(boxOf(measurement, scale.divisor));
    std::stable_sort(result.boxes.begin(), result.boxes.end(),
                     [](const auto& a, const auto& b) { return a.layer < b.layer; });
    for (const SessionBox& box : result.boxes)
        result.largest = std::max(result.largest, box.whiskerHigh);
    result.axisTitle = layerQuantityName(session, quantity);
    if (!scale.name.isEmpty()) result.axisTitle += ", " + scale.name;
    return result;
}

}  // namespace views
