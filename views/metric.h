// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Metric: what can be shown of a layer or of a whole variation, by name: its words, unit and
// definition, and how to read it from an Evaluation. Cards, chart axes, table columns and sort
// boxes are all lists of these, so a quantity is described in one place.

#include <QString>
#include <optional>
#include <vector>

#include "types/evaluation.h"
#include "views/number_format.h"

namespace views {

enum class Metric {
    Macs,
    Ops,
    Params,
    WeightBytes,
    LiveBytes,
    FlashBytes,
    ArenaBytes,
    LatencyUs,
    EnergyUj,
    Accuracy,
    Auc,
    MeanSquaredError,
    Agreement,
    SqnrDb
};

struct QuantityInfo {
    QString name;  ///< "Latency"
    Unit unit;
    bool higherIsBetter;
    QString definition;  ///< one sentence for tool tips and the help page
};

const QuantityInfo& info(Metric quantity);
/// "Latency (µs)", "MACs": a column header with its unit.
QString headerText(Metric quantity);

/// What an interval beside a value means.
enum class BandKind { Predicted, Confidence };

/// A value, or the reason why there is none. The band is present where the value is predicted or
/// rests on samples.
struct Reading {
    std::optional<double> value;
    std::optional<types::Estimate> band;
    QString reason;
    BandKind kind = BandKind::Predicted;

    bool isPredicted() const { return band && kind == BandKind::Predicted; }
};

Reading read(Metric quantity, const types::LayerEvaluation& layer);
Reading read(Metric quantity, const types::Evaluation& evaluation);

/// "46,213.4 µs, between 40,000.0 and 52,000.0 in nine of ten cases", "89.8 %, 95 % interval 86.9
/// to 92.2", or "— reason".
QString describe(Metric quantity, const Reading& reading);

const std::vector<Metric>& layerQuantities();  ///< what a layer has, in order of interest
const std::vector<Metric>& totalQuantities();  ///< what a variation has
/// The figure that the evaluation's data set asks for: accuracy, AUC or squared error; accuracy
/// where there is no data set.
Metric qualityOf(const types::Evaluation& evaluation);

const std::vector<Metric>& cardQuantities();  ///< the summary cards

}  // namespace views
