// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Metric: a quantity of a layer or a whole variation: its name, unit and definition, and how to
// read it from an Evaluation. Cards, chart axes, table columns and sort boxes are lists of metrics,
// so each metric is defined in one place.

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
    SqnrDb,
    LatencyGapUs  ///< of a layer: measured minus predicted
};

struct MetricInfo {
    QString name;  ///< "Latency"
    Unit unit;
    bool higherIsBetter;
    QString definition;  ///< one sentence for tool tips and the help page
};

const MetricInfo& info(Metric metric);
/// "Latency (µs)", "MACs": a column header with its unit.
QString headerText(Metric metric);

/// Meaning of an interval beside a value.
enum class BandKind { Predicted, Confidence };

/// A value, or the reason why there is none. Predicted values and values from samples have a band.
struct Reading {
    std::optional<double> value;
    std::optional<types::Estimate> band;
    QString reason;
    BandKind kind = BandKind::Predicted;

    bool isPredicted() const { return band && kind == BandKind::Predicted; }
};

Reading read(Metric metric, const types::LayerEvaluation& layer);
Reading read(Metric metric, const types::Evaluation& evaluation);

/// Measured microseconds by layer index, of a session that measured exactly the shown model.
using LayerTimes = std::vector<std::optional<double>>;
/// The same for a metric that compares with measurements.
Reading read(Metric metric, const types::LayerEvaluation& layer, const LayerTimes& measuredUs);

/// Why TFLM's arena is not known, with what is: "TFLM needs at least 13,312 bytes; not known: ...".
QString arenaGap(const types::TflmArena& arena);

/// "46,213.4 µs, between 40,000.0 and 52,000.0: ...", "89.8 %, 95 % interval 86.9
/// to 92.2", or "— reason".
QString describe(Metric metric, const Reading& reading);

const std::vector<Metric>& layerMetrics();  ///< metrics of a layer, in order of interest
/// Those of a layer that chart and graph are drawn by: also the difference to measurements.
const std::vector<Metric>& windowMetrics();
const std::vector<Metric>& totalMetrics();  ///< metrics of a variation
/// The metric for the evaluation's dataset: accuracy, AUC or squared error; accuracy without a
/// dataset.
Metric qualityOf(const types::Evaluation& evaluation);

const std::vector<Metric>& cardMetrics();  ///< the summary cards

}  // namespace views
