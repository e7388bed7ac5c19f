// SPDX-License-Identifier: GPL-3.0-or-later
#include "types/variation.h"

#include <algorithm>
#include <cstdio>

#include "types/knob_domain.h"

namespace types {
namespace {

std::string number(const char* format, double value) {
    char text[32];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

template <typename Predicate>
bool anyLayer(const Variation& v, Predicate holds) {
    return std::any_of(v.layers.begin(), v.layers.end(),
                       [&](const auto& layer) { return holds(layer.second); });
}

/// True where some layer may compute in integers after quantize(): those that keep their stored
/// precision may, too, since they are written anew.
bool mayWriteIntegers(const Variation& v) {
    const auto mayBe = [](Precision precision) { return precision != Precision::Float32; };
    return v.asksForTypes() &&
           (mayBe(v.quantize.precision) || anyLayer(v, [&](const LayerKnobs& layer) {
                return layer.precision && mayBe(*layer.precision);
            }));
}

void resetIdlePruning(Variation& v) {
    const Variation usual;
    if (!v.removesChannels()) {
        v.channelMultiple = usual.channelMultiple;
        if (!v.dropsBlocks()) v.prune.recover = usual.prune.recover;
    }
    if (!v.prunesChannels()) v.prune.measure = usual.prune.measure;
    if (!v.removesChannels() || !v.train.isSet()) v.prune.schedule = usual.prune.schedule;
    // Layers with a share of their own take no part in the ranking over the whole model.
    if (v.prune.channels == 0) v.prune.scope = usual.prune.scope;
}

void resetIdleQuantizing(Variation& v) {
    const bool hasIntegers = mayWriteIntegers(v);
    const QuantizeKnobs usual;
    QuantizeKnobs& quantize = v.quantize;
    // Equalizing acts on float weights, too.
    if (!v.asksForTypes()) quantize.equalize = usual.equalize;
    if (!hasIntegers) {
        quantize.perChannel = usual.perChannel;
        quantize.correctBias = usual.correctBias;
        quantize.reconstruct = usual.reconstruct;
    }
    // An input or output in codes needs a range, whatever the layers compute in.
    if (!hasIntegers && !quantize.inputType && !quantize.outputType) quantize.ranges = usual.ranges;
    if (quantize.ranges != RangeMethod::Percentile) quantize.percentile = usual.percentile;
    if (!v.choosesPrecisions()) {
        quantize.flashBudget = usual.flashBudget;
        quantize.latencyBudgetUs = usual.latencyBudgetUs;
    }
}

void resetIdleTraining(Variation& v) {
    if (!v.train.isSet()) v.train = {};
    const Augmentation augment = v.train.augment;
    if (augment == Augmentation::None || augment == Augmentation::Features) v.train.flip.reset();
}

void resetIdleScheduling(Variation& v) {
    if (v.schedule.row) v.schedule.sram.reset();
    if (!v.schedule.sram) v.schedule.feedRows = false;
}

/// Words with spaces between them; empty ones are left out.
class Label {
public:
    void add(const std::string& part) {
        if (!part.empty()) m_text += (m_text.empty() ? "" : " ") + part;
    }
    /// `part` where the knob is not at its default.
    void addIf(bool isSet, const std::string& part) {
        if (isSet) add(part);
    }
    const std::string& text() const { return m_text; }

private:
    std::string m_text;
};

void addRewrites(Label& label, const RewriteKnobs& rewrite) {
    label.addIf(rewrite.foldConstants, "folded");
    label.addIf(rewrite.inlineComposites, "inlined");
    label.addIf(rewrite.selectV2, "select-v2");
    label.addIf(rewrite.denseMatMul, "dense-matmul");
    label.addIf(rewrite.perTensorDense, "per-tensor-dense");
    label.addIf(rewrite.dropSignatures, "one-signature");
}

/// Names a knob that is on or off; nothing where data decide.
void addSwitch(Label& label, const std::optional<bool>& knob, const std::string& name) {
    if (knob) label.add(*knob ? name : "not " + name);
}

void addPruning(Label& label, const PruneKnobs& prune) {
    label.addIf(prune.channels != 0, number("p%.4g%%", 100 * prune.channels));
    label.addIf(prune.weights != 0, number("z%.4g%%", 100 * prune.weights));
    if (prune.measure == ImportanceMeasure::L1 || prune.measure == ImportanceMeasure::L2)
        label.add(prune.measure == ImportanceMeasure::L1 ? "L1" : "L2");
    else if (prune.measure)
        label.add(wordOf(kMeasureWords, *prune.measure));
    if (prune.scope) label.add(wordOf(kScopeWords, *prune.scope));
    addSwitch(label, prune.recover, "recovered");
    if (prune.schedule) label.add(wordOf(kScheduleWords, *prune.schedule));
}

void addQuantizing(Label& label, const QuantizeKnobs& quantize) {
    const QuantizeKnobs usual;
    const bool hasPrecision = quantize.precision != usual.precision;
    std::string precision = hasPrecision ? precisionName(quantize.precision) : "";
    if (!quantize.perChannel) precision += hasPrecision ? "-per-tensor" : "per-tensor";
    label.add(precision);
    label.addIf(quantize.ranges != usual.ranges, wordOf(kRangeWords, quantize.ranges));
    label.addIf(quantize.percentile != usual.percentile, number("%.6g", quantize.percentile));
    addSwitch(label, quantize.equalize, "equalized");
    addSwitch(label, quantize.correctBias, "bias-corrected");
    addSwitch(label, quantize.reconstruct, "reconstructed");
    if (quantize.flashBudget)
        label.add("within " + std::to_string(*quantize.flashBudget) + " bytes");
    if (quantize.latencyBudgetUs)
        label.add("within " + number("%.12g us", *quantize.latencyBudgetUs));
    if (quantize.inputType) label.add(dataTypeName(*quantize.inputType) + " inputs");
    if (quantize.outputType) label.add(dataTypeName(*quantize.outputType) + " outputs");
}

void addCompressing(Label& label, const CompressKnobs& compress) {
    if (compress.clusterBits) label.add(std::to_string(*compress.clusterBits) + "-bit clusters");
    if (compress.method == Compression::None)
        label.add("decoded");
    else if (compress.method != Compression::AsStored)
        label.add(std::string("compressed ") + wordOf(kCompressionWords, compress.method));
}

void addTraining(Label& label, const TrainKnobs& train) {
    if (!train.isSet()) return;
    std::string text = "trained";
    if (train.epochs > 0) text += " " + std::to_string(train.epochs) + "ep";
    if (train.seconds > 0) text += " " + number("%.6gs", train.seconds);
    label.add(text);
    label.addIf(train.seed != TrainKnobs().seed, "seed " + std::to_string(train.seed));
    label.addIf(train.augment != Augmentation::Auto,
                std::string("augment ") + wordOf(kAugmentationWords, train.augment));
    addSwitch(label, train.flip, "flipped");
}

void addScheduling(Label& label, const ScheduleKnobs& schedule) {
    if (schedule.sram) label.add("scheduled within " + std::to_string(*schedule.sram) + " bytes");
    label.addIf(schedule.feedRows, "fed by rows");
    if (schedule.row) label.add("schedule " + std::to_string(*schedule.row));
}

}  // namespace

bool Variation::prunesChannels() const {
    return prune.channels != 0 ||
           anyLayer(*this, [](const LayerKnobs& layer) { return layer.pruneChannels.has_value(); });
}

bool Variation::removesChannels() const {
    return width != 1 || prunesChannels() ||
           anyLayer(*this, [](const LayerKnobs& layer) { return layer.width.has_value(); });
}

bool Variation::dropsBlocks() const {
    return anyLayer(*this, [](const LayerKnobs& layer) { return layer.dropBlock; });
}

bool Variation::choosesPrecisions() const {
    return quantize.precision == Precision::Auto || anyLayer(*this, [](const LayerKnobs& layer) {
               return layer.precision == Precision::Auto;
           });
}

bool Variation::asksForTypes() const {
    return quantize.precision != Precision::AsStored || quantize.inputType || quantize.outputType ||
           anyLayer(*this, [](const LayerKnobs& layer) { return layer.precision.has_value(); });
}

Variation Variation::normalized() const {
    Variation v = *this;
    std::erase_if(v.layers, [](const auto& layer) { return layer.second.isEmpty(); });
    resetIdlePruning(v);
    resetIdleQuantizing(v);
    resetIdleTraining(v);
    resetIdleScheduling(v);
    return v;
}

bool Variation::isIdentity() const {
    return normalized() == Variation{};
}

std::string Variation::label() const {
    const Variation v = normalized();
    Label label;
    addRewrites(label, v.rewrite);
    if (v.inputSize)
        label.add(std::to_string((*v.inputSize)[0]) + "x" + std::to_string((*v.inputSize)[1]));
    for (const auto& [layer, knobs] : v.layers)
        label.addIf(knobs.dropBlock, "without block " + std::to_string(layer));
    label.addIf(v.width != 1, number("w%.4g", v.width));
    addPruning(label, v.prune);
    label.addIf(v.channelMultiple != Variation().channelMultiple,
                "round " + std::to_string(v.channelMultiple));
    addQuantizing(label, v.quantize);
    addCompressing(label, v.compress);
    addTraining(label, v.train);
    addScheduling(label, v.schedule);
    const size_t set = v.layers.size();
    label.addIf(set == 1, "(1 layer set)");
    label.addIf(set > 1, "(" + std::to_string(set) + " layers set)");
    return label.text().empty() ? "original" : label.text();
}

const char* precisionName(Precision precision) {
    return precision == Precision::AsStored ? "as stored" : wordOf(kPrecisionWords, precision);
}

}  // namespace types
