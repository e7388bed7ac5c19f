// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/metric.h"

#include "types/target.h"

namespace views {
namespace {

using types::Estimate;
using types::Evaluation;
using types::LayerEvaluation;

QString tr(const char* text) {
    return QString::fromUtf8(text);
}

Reading exact(int64_t value) {
    return {static_cast<double>(value), std::nullopt, {}};
}

Reading estimated(const std::optional<Estimate>& estimate, const QString& reason) {
    if (!estimate) return {std::nullopt, std::nullopt, reason};
    return {estimate->value, estimate, {}};
}

/// A figure of the dataset, with its confidence interval.
Reading qualityReading(const Evaluation& evaluation,
                       std::optional<Estimate> types::Quality::*figure) {
    if (!evaluation.notRunnableReason.empty())
        return {std::nullopt, std::nullopt, QString::fromStdString(evaluation.notRunnableReason)};
    if (!evaluation.quality) return {std::nullopt, std::nullopt, tr("no data set")};
    const auto& estimate = (*evaluation.quality).*figure;
    if (!estimate) return {std::nullopt, std::nullopt, tr("the data set asks for another measure")};
    return {estimate->value, estimate, {}, BandKind::Confidence};
}

Reading optionalValue(const std::optional<double>& value, const QString& reason) {
    return {value, std::nullopt, value ? QString() : reason};
}

bool hasPower(const types::DeviceProfile& device) {
    return device.activePowerMw > 0 || !device.power.empty();
}

/// Reason of an unknown total: the first layer whose part is unknown.
QString firstGap(const Evaluation& evaluation, std::optional<Estimate> LayerEvaluation::*part) {
    if (!evaluation.device) return tr("no board is chosen");
    const bool isEnergy = part == &LayerEvaluation::energyUj;
    if (isEnergy && evaluation.totals.latencyUs && !hasPower(*evaluation.device))
        return tr("no power figure in this board's profile");
    for (const LayerEvaluation& layer : evaluation.layers)
        if (!(layer.*part))
            return QStringLiteral("#%1 %2: %3")
                .arg(layer.index)
                .arg(QString::fromStdString(layer.op), QString::fromStdString(layer.costSource));
    return tr("this board's profile has no figure for it");
}

/// Reason of a missing figure of a variation's outputs; `compared`: the reason where outputs were
/// compared.
QString outputGap(const Evaluation& evaluation, const char* compared) {
    if (!evaluation.notRunnableReason.empty())
        return QString::fromStdString(evaluation.notRunnableReason);
    if (evaluation.variation.isIdentity()) return tr("this is the original, nothing to compare");
    return evaluation.samples > 0 ? tr(compared) : tr("the outputs were not compared");
}

Reading arenaOf(const Evaluation& evaluation) {
    if (evaluation.isScheduled() ||
        types::runtimeOf(evaluation.device) == types::Runtime::Netcaliper)
        return exact(evaluation.netcaliperPlan.arenaBytes);
    if (const auto used = evaluation.tflmCortexM.usedBytes()) return exact(*used);
    return {std::nullopt, std::nullopt, arenaGap(evaluation.tflmCortexM)};
}

const std::vector<MetricInfo>& infos() {
    static const std::vector<MetricInfo> all = {
        {tr("MACs"), Unit::Count, false,
         tr("Multiply-accumulates of one inference: one multiply with its add is one MAC. Bias, "
            "activation and requantization are not counted.")},
        {tr("Ops"), Unit::Count, false,
         tr("2 × MACs plus all other arithmetic (bias, pooling, element-wise).")},
        {tr("Params"), Unit::Count, false,
         tr("Elements of constant tensors, each counted at the first operator that uses it.")},
        {tr("Weight bytes"), Unit::Bytes, false, tr("Bytes of the constant tensors.")},
        {tr("Live bytes"), Unit::Bytes, false,
         tr("Activations and scratch that are in memory while the operator runs.")},
        {tr("Flash"), Unit::Bytes, false, tr("The .tflite file as it would be written to flash.")},
        {tr("Arena"), Unit::Bytes, false,
         tr("The tensor arena on a Cortex-M. TensorFlow Lite Micro: planned buffers plus what "
            "stays "
            "for good. Boards of our own runtime: the plan in place, nothing stays.")},
        {tr("Latency"), Unit::Microseconds, false,
         tr("Predicted time of one inference on the chosen board.")},
        {tr("Energy"), Unit::Microjoules, false,
         tr("Predicted energy of one inference: power while inferring × latency.")},
        {tr("Accuracy"), Unit::Share, true,
         tr("Share of the labelled samples whose first choice is right (top-1), with its 95 % "
            "Wilson interval.")},
        {tr("AUC"), Unit::Share, true,
         tr("Area under the ROC curve: the chance that an anomaly scores above a normal sample.")},
        {tr("Mean squared error"), Unit::Number, false,
         tr("Mean squared difference between outputs and targets, per output value.")},
        {tr("Agreement"), Unit::Share, true,
         tr("Share of test inputs on which the variation's first choice is the original's.")},
        {tr("SQNR"), Unit::Decibels, true,
         tr("Power of the original's outputs over the power of the difference to them.")},
        {tr("Measured − predicted"), Unit::Microseconds, false,
         tr("Measured latency of a layer minus the predicted one: above zero the prediction is too "
            "low. Known where the session picked on the page Sessions measured exactly the shown "
            "model.")},
    };
    return all;
}

}  // namespace

const MetricInfo& info(Metric metric) {
    return infos()[static_cast<size_t>(metric)];
}

QString headerText(Metric metric) {
    const MetricInfo& known = info(metric);
    const QString unit = unitName(known.unit);
    if (unit.isEmpty() || known.name.contains(unit)) return known.name;
    return known.name + " (" + unit + ")";
}

Reading read(Metric metric, const LayerEvaluation& layer) {
    const QString source = QString::fromStdString(layer.costSource);
    switch (metric) {
        case Metric::Macs:
            return exact(layer.macs);
        case Metric::Ops:
            return exact(layer.ops);
        case Metric::Params:
            return exact(layer.params);
        case Metric::WeightBytes:
        case Metric::FlashBytes:
            return exact(layer.weightBytes);
        case Metric::LiveBytes:
        case Metric::ArenaBytes:
            return exact(layer.liveBytes);
        case Metric::LatencyUs:
            return estimated(layer.latencyUs, source);
        case Metric::EnergyUj:
            return estimated(layer.energyUj, source);
        case Metric::SqnrDb:
            return optionalValue(layer.sqnrDb, tr("not compared with the original"));
        case Metric::LatencyGapUs:
            return {std::nullopt, std::nullopt, tr("not measured: pick a session of this model")};
        default:
            return {std::nullopt, std::nullopt, tr("known for the whole model only")};
    }
}

Reading read(Metric metric, const Evaluation& evaluation) {
    const types::Totals& totals = evaluation.totals;
    switch (metric) {
        case Metric::Macs:
            return exact(totals.macs);
        case Metric::Ops:
            return exact(totals.ops);
        case Metric::Params:
            return exact(totals.params);
        case Metric::WeightBytes:
            return exact(totals.weightBytes);
        case Metric::LiveBytes:
            return exact(totals.peakActivationBytes);
        case Metric::FlashBytes:
            return exact(totals.modelBytes);
        case Metric::ArenaBytes:
            return arenaOf(evaluation);
        case Metric::LatencyUs:
            return estimated(totals.latencyUs, firstGap(evaluation, &LayerEvaluation::latencyUs));
        case Metric::EnergyUj:
            return estimated(totals.energyUj, firstGap(evaluation, &LayerEvaluation::energyUj));
        case Metric::Accuracy:
            return qualityReading(evaluation, &types::Quality::top1);
        case Metric::Auc:
            return qualityReading(evaluation, &types::Quality::auc);
        case Metric::MeanSquaredError:
            return qualityReading(evaluation, &types::Quality::meanSquaredError);
        case Metric::Agreement:
            // The original always agrees with itself.
            if (evaluation.variation.isIdentity()) return {1.0, std::nullopt, {}};
            return optionalValue(totals.agreement,
                                 outputGap(evaluation, "the output is no choice of a class"));
        case Metric::LatencyGapUs:
            return {std::nullopt, std::nullopt, tr("known for layers only")};
        case Metric::SqnrDb:
            break;
    }
    return optionalValue(totals.sqnrDb, outputGap(evaluation, "the outputs equal the original's"));
}

Reading read(Metric metric, const LayerEvaluation& layer, const LayerTimes& measuredUs) {
    const auto index = static_cast<size_t>(layer.index);
    const bool isMeasured = index < measuredUs.size() && measuredUs[index].has_value();
    if (metric != Metric::LatencyGapUs || !isMeasured) return read(metric, layer);
    if (!layer.latencyUs)
        return {std::nullopt, std::nullopt, QString::fromStdString(layer.costSource)};
    return {*measuredUs[index] - layer.latencyUs->value, std::nullopt, {}};
}

QString arenaGap(const types::TflmArena& arena) {
    const QString reason = QString::fromStdString(arena.unknownReason);
    if (arena.isRefused) return reason;
    return tr("TFLM needs at least %1 bytes; not known: %2")
        .arg(grouped(arena.atLeastBytes), reason);
}

QString describe(Metric metric, const Reading& reading) {
    const Unit unit = info(metric).unit;
    if (!reading.value) return kUnknown + ' ' + reading.reason;
    if (!reading.band) return exactText(unit, *reading.value);
    if (reading.kind == BandKind::Confidence)
        return QStringLiteral("%1, 95 % interval %2 to %3")
            .arg(exactText(unit, *reading.value), exactNumber(unit, reading.band->low),
                 exactNumber(unit, reading.band->high));
    // The same of a layer and of a whole model: profiles are calibrated on both (cost/band.h).
    return QStringLiteral(
               "%1, between %2 and %3: of layers as of whole models, nine in ten that are measured "
               "lie within their band")
        .arg(exactText(unit, *reading.value), exactNumber(unit, reading.band->low),
             exactNumber(unit, reading.band->high));
}

Metric qualityOf(const Evaluation& evaluation) {
    if (!evaluation.quality || evaluation.quality->top1) return Metric::Accuracy;
    return evaluation.quality->auc ? Metric::Auc : Metric::MeanSquaredError;
}

const std::vector<Metric>& layerMetrics() {
    static const std::vector<Metric> list = {
        Metric::Macs,      Metric::Ops,       Metric::Params,   Metric::WeightBytes,
        Metric::LiveBytes, Metric::LatencyUs, Metric::EnergyUj, Metric::SqnrDb};
    return list;
}

const std::vector<Metric>& windowMetrics() {
    static const std::vector<Metric> list = [] {
        std::vector<Metric> all = layerMetrics();
        all.push_back(Metric::LatencyGapUs);
        return all;
    }();
    return list;
}

const std::vector<Metric>& totalMetrics() {
    static const std::vector<Metric> list = {Metric::Macs,       Metric::Ops,
                                             Metric::Params,     Metric::FlashBytes,
                                             Metric::ArenaBytes, Metric::LatencyUs,
                                             Metric::EnergyUj,   Metric::Accuracy,
                                             Metric::Auc,        Metric::MeanSquaredError,
                                             Metric::Agreement,  Metric::SqnrDb};
    return list;
}

const std::vector<Metric>& cardMetrics() {
    static const std::vector<Metric> list = {
        Metric::Macs,      Metric::Params,   Metric::FlashBytes, Metric::ArenaBytes,
        Metric::LatencyUs, Metric::EnergyUj, Metric::Accuracy};
    return list;
}

}  // namespace views
