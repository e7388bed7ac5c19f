// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/knobs/training_knobs.h"

#include <QComboBox>
#include <QFormLayout>
#include <QSpinBox>

namespace views {

using types::Augmentation;
using types::Variation;

namespace {

ChoiceText augmentationText(Augmentation augment) {
    switch (augment) {
        case Augmentation::Auto:
            return {TrainingKnobs::tr("by the kind of input")};
        case Augmentation::None:
            return {TrainingKnobs::tr("no variation")};
        case Augmentation::Images:
            return {TrainingKnobs::tr("images"),
                    TrainingKnobs::tr("Shift, flip, brightness, cut-outs, mixtures.")};
        case Augmentation::Features:
            return {TrainingKnobs::tr("features over time"),
                    TrainingKnobs::tr("Shift in time, masked times and frequencies, noise.")};
    }
    return {};
}

}  // namespace

TrainingKnobs::TrainingKnobs(QWidget* parent) : KnobBox(parent) {
    QFormLayout* form = buildForm();
    QSpinBox* epochs = addNumber(
        *form, tr("&Epochs"), types::kTrainEpochsLimits,
        [](const Variation& v) { return v.train.epochs; },
        [](Variation& v, int count) { v.train.epochs = count; });
    epochs->setToolTip(
        tr("Trains on the calibration data: the original first, then what is left of it, which "
           "learns from labels and from the original."));
    QSpinBox* seconds = addNumber(
        *form, tr("At &most"), types::kTrainSecondsLimits,
        [](const Variation& v) { return int(v.train.seconds); },
        [](Variation& v, int most) { v.train.seconds = most; });
    seconds->setSuffix(tr(" s"));
    addNumber(
        *form, tr("Seed"), types::kTrainSeedLimits, [](const Variation& v) { return v.train.seed; },
        [](Variation& v, int seed) { v.train.seed = seed; });
    QComboBox* augment = newChoiceBox(tr("Variation of samples"));
    addChoices(*augment, types::kAugmentationWords, augmentationText);
    addChoiceRow(
        *form, tr("Samples"), *augment, [](const Variation& v) { return int(v.train.augment); },
        [](Variation& v, int choice) { v.train.augment = Augmentation(choice); });
    QComboBox* flip = newChoiceBox(tr("Mirrored images"));
    addChoice(*flip, tr("in colour"), kUnset);
    addChoice(*flip, tr("yes"), 1);
    addChoice(*flip, tr("no"), 0);
    addOptionalRow<bool>(*form, tr("Mirrored"), *flip,
                         [](Variation& v) -> std::optional<bool>& { return v.train.flip; });
    setVariation({});
}

QSpinBox* TrainingKnobs::addNumber(QFormLayout& form, const QString& label,
                                   const types::Limits& limits, Get get, Set set) {
    auto* box = new QSpinBox;
    box->setRange(int(limits.low), int(limits.high));
    // Half a number would start a training.
    box->setKeyboardTracking(false);
    form.addRow(label, box);
    onDisplay([box, get](const Variation& v) { box->setValue(get(v)); });
    connect(box, qOverload<int>(&QSpinBox::valueChanged), this,
            [this, set](int value) { edit([&](Variation& v) { set(v, value); }); });
    return box;
}

QString TrainingKnobs::summary() const {
    const types::TrainKnobs& train = variation().train;
    if (!train.isSet()) return tr("none");
    return train.epochs > 0 ? tr("%1 epochs").arg(train.epochs)
                            : tr("%1 s").arg(int(train.seconds));
}

}  // namespace views
