// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/knobs/channel_knobs.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QSpinBox>
#include <QStringList>

#include "types/knob_domain.h"
#include "views/number_format.h"
#include "views/widgets/knobs/share_knob.h"

namespace views {

using types::ImportanceMeasure;
using types::PruneSchedule;
using types::PruneScope;
using types::Variation;

namespace {

ChoiceText measureText(ImportanceMeasure measure) {
    switch (measure) {
        case ImportanceMeasure::L1:
            return {ChannelKnobs::tr("smallest L1 norm")};
        case ImportanceMeasure::L2:
            return {ChannelKnobs::tr("smallest L2 norm")};
        case ImportanceMeasure::GeometricMedian:
            return {ChannelKnobs::tr("nearest to the median"),
                    ChannelKnobs::tr(
                        "Filters that the others can best stand in for (geometric median).")};
        case ImportanceMeasure::Sensitivity:
            return {
                ChannelKnobs::tr("least effect on the data"),
                ChannelKnobs::tr("What the outputs lose on the calibration data, to first order.")};
        case ImportanceMeasure::Similarity:
            return {
                ChannelKnobs::tr("replaced best by others"),
                ChannelKnobs::tr("What the other channels cannot say instead on the calibration "
                                 "data; later layers take over the mixture.")};
    }
    return {};
}

ChoiceText scopeText(PruneScope scope) {
    return {scope == PruneScope::PerLayer ? ChannelKnobs::tr("same share of each layer")
                                          : ChannelKnobs::tr("over the whole model")};
}

ChoiceText scheduleText(PruneSchedule schedule) {
    if (schedule == PruneSchedule::Once) return {ChannelKnobs::tr("at once")};
    return {ChannelKnobs::tr("in rounds"),
            ChannelKnobs::tr("Channels are removed little by little, with training between.")};
}

}  // namespace

ChannelKnobs::ChannelKnobs(QWidget* parent) : KnobBox(parent) {
    QFormLayout* form = buildForm();
    buildWidth(*form);
    buildPruning(*form);
    buildManner(*form);
    buildZeros(*form);
    setVariation({});
}

void ChannelKnobs::buildWidth(QFormLayout& form) {
    auto* width = new ShareKnob(ShareKnob::Style::Fraction, types::kWidthLimits, tr("Width"));
    width->setToolTip(
        tr("Share of the channels that stay. The least important ones (smallest L1 "
           "norm) are removed for real."));
    addShareRow(form, tr("&Width"), *width, [](Variation& v) -> double& { return v.width; });
}

void ChannelKnobs::buildPruning(QFormLayout& form) {
    auto* prune =
        new ShareKnob(ShareKnob::Style::Percent, types::kShareLimits, tr("Channels pruned"));
    prune->setToolTip(
        tr("Share of the channels that is removed for real, chosen by the measure "
           "below: shapes shrink, and so do time and memory."));
    addShareRow(form, tr("&Prune"), *prune,
                [](Variation& v) -> double& { return v.prune.channels; });
}

void ChannelKnobs::buildManner(QFormLayout& form) {
    QComboBox* measure = newChoiceBox(tr("Which channels are pruned"));
    addChoice(
        *measure, tr("by the data"), kUnset,
        tr("Measures are tried on the calibration data; without data, the smallest L1 norm."));
    addChoices(*measure, types::kMeasureWords, measureText);
    addOptionalRow<ImportanceMeasure>(
        form, tr("by"), *measure,
        [](Variation& v) -> std::optional<ImportanceMeasure>& { return v.prune.measure; });
    QComboBox* scope = newChoiceBox(tr("Where channels are pruned"));
    addChoice(*scope, tr("by the data"), kUnset,
              tr("Both are tried on the calibration data, at equal MACs; without data, the same "
                 "share of each layer."));
    addChoices(*scope, types::kScopeWords, scopeText);
    addOptionalRow<PruneScope>(
        form, tr("take"), *scope,
        [](Variation& v) -> std::optional<PruneScope>& { return v.prune.scope; });
    buildRounding(form);
    addTriState(form, tr("Recover"),
                [](Variation& v) -> std::optional<bool>& { return v.prune.recover; })
        ->setToolTip(tr("Weights behind removed channels are solved by least squares on the "
                        "calibration data, layer by layer. No labels are needed."));
    QComboBox* schedule = newChoiceBox(tr("When training prunes"));
    addChoice(*schedule, tr("as usual"), kUnset, tr("At once, and then training."));
    addChoices(*schedule, types::kScheduleWords, scheduleText);
    addOptionalRow<PruneSchedule>(
        form, tr("Training"), *schedule,
        [](Variation& v) -> std::optional<PruneSchedule>& { return v.prune.schedule; });
}

void ChannelKnobs::buildRounding(QFormLayout& form) {
    auto* box = new QSpinBox;
    box->setRange(int(types::kChannelMultipleLimits.low), int(types::kChannelMultipleLimits.high));
    box->setSpecialValueText(tr("not at all"));
    box->setPrefix(tr("multiples of "));
    box->setKeyboardTracking(false);
    box->setAccessibleName(tr("Round to"));
    box->setToolTip(
        tr("Channel counts are rounded to these; kernels are faster at multiples "
           "of 4."));
    form.addRow(tr("R&ound to"), box);
    connect(box, qOverload<int>(&QSpinBox::valueChanged), this, [this](int multiple) {
        edit([multiple](Variation& v) { v.channelMultiple = multiple; });
    });
    onDisplay([box](const Variation& v) { box->setValue(v.channelMultiple); });
}

void ChannelKnobs::buildZeros(QFormLayout& form) {
    auto* zeros =
        new ShareKnob(ShareKnob::Style::Percent, types::kShareLimits, tr("Weights set to zero"));
    zeros->setToolTip(
        tr("Share of each layer's weights, the smallest, that is set to zero. Zeros "
           "change neither time nor the size of the file; only compressed it shrinks."));
    addShareRow(form, tr("&Zeros"), *zeros,
                [](Variation& v) -> double& { return v.prune.weights; });
}

QString ChannelKnobs::summary() const {
    const Variation& v = variation();
    QStringList words;
    if (v.width != 1) words << tr("width %1").arg(v.width, 0, 'g', 3);
    if (v.prune.channels > 0)
        words << tr("%1 pruned").arg(percentText(100 * v.prune.channels, 'g', 3));
    if (v.prune.weights > 0)
        words << tr("%1 zeros").arg(percentText(100 * v.prune.weights, 'g', 3));
    return words.isEmpty() ? tr("all kept") : words.join(QStringLiteral(", "));
}

}  // namespace views
