// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/knobs/layer_knobs_box.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStringList>
#include <algorithm>
#include <cmath>

#include "types/knob_domain.h"
#include "views/widgets/knobs/compression_knobs.h"

namespace views {

using types::LayerKnobs;
using types::Precision;
using types::Variation;

namespace {

constexpr int kAsModel = -1;
constexpr double kStep = 5;        ///< percent
constexpr double kResolution = 1;  ///< percent

const LayerKnobs& knobsOf(const Variation& variation, int32_t origin) {
    static const LayerKnobs none;
    const auto found = variation.layers.find(origin);
    return found == variation.layers.end() ? none : found->second;
}

/// The knob of the first picked layer, and whether all others have the same.
template <typename Knob>
std::pair<Knob, bool> common(const Variation& variation, const std::vector<PickedLayer>& layers,
                             Knob LayerKnobs::*knob) {
    if (layers.empty()) return {Knob(), true};
    const Knob first = knobsOf(variation, layers[0].origin).*knob;
    const bool isCommon = std::all_of(layers.begin(), layers.end(), [&](const PickedLayer& layer) {
        return knobsOf(variation, layer.origin).*knob == first;
    });
    return {first, isCommon};
}

}  // namespace

LayerKnobsBox::LayerKnobsBox(QWidget* parent) : KnobBox(parent) {
    QFormLayout* form = buildForm();
    m_title = new QLabel;
    m_title->setWordWrap(true);
    m_title->setForegroundRole(QPalette::PlaceholderText);
    form->addRow(m_title);
    buildPrecision(*form);
    addShare(*form, tr("Width"), types::kWidthLimits, &LayerKnobs::width);
    addShare(*form, tr("Prune"), types::kShareLimits, &LayerKnobs::pruneChannels);
    addShare(*form, tr("Zeros"), types::kShareLimits, &LayerKnobs::pruneWeights);
    buildCompression(*form);
    buildClearing(*form);
    setVariation({});
}

void LayerKnobsBox::addShare(QFormLayout& form, const QString& label, const types::Limits& limits,
                             Share knob) {
    const double least = 100 * limits.least(kResolution / 100);
    auto* box = new QDoubleSpinBox;
    // The step below the least share stands for "not set".
    box->setRange((std::ceil(least / kStep) - 1) * kStep, 100 * limits.greatest(kResolution / 100));
    box->setSingleStep(kStep);
    box->setDecimals(0);
    box->setSuffix(QStringLiteral(" %"));
    box->setKeyboardTracking(false);
    box->setAccessibleName(label);
    form.addRow(label, box);
    connect(box, qOverload<double>(&QDoubleSpinBox::valueChanged), this,
            [this, least, knob](double value) {
                setOnPicked([=](LayerKnobs& knobs) {
                    knobs.*knob = value < least ? std::nullopt : std::optional(value / 100);
                });
            });
    onDisplay([this, box, knob](const Variation&) { displayShare(*box, knob); });
}

template <typename Choice>
void LayerKnobsBox::addOwnChoice(QFormLayout& form, const QString& label, QComboBox& box,
                                 std::optional<Choice> LayerKnobs::*knob) {
    form.addRow(label, &box);
    connect(&box, qOverload<int>(&QComboBox::activated), this, [this, &box, knob] {
        const int value = box.currentData().toInt();
        setOnPicked([value, knob](LayerKnobs& knobs) {
            knobs.*knob = value == kAsModel ? std::nullopt : std::optional<Choice>(Choice(value));
        });
    });
    onDisplay([this, &box, knob](const Variation&) {
        const auto [choice, isCommon] = common(variation(), m_layers, knob);
        if (isCommon)
            choose(box, choice ? int(*choice) : kAsModel);
        else
            box.setCurrentIndex(-1);
        box.setEnabled(!m_layers.empty());
    });
}

void LayerKnobsBox::buildPrecision(QFormLayout& form) {
    QComboBox* box = newChoiceBox(tr("Precision of the picked layers"));
    addChoice(*box, tr("as the model"), kAsModel);
    addChoices(*box, types::kPrecisionWords, [](Precision precision) {
        return ChoiceText{QString::fromLatin1(types::precisionName(precision))};
    });
    addOwnChoice(form, tr("Precision"), *box, &LayerKnobs::precision);
}

void LayerKnobsBox::buildCompression(QFormLayout& form) {
    QComboBox* box = newChoiceBox(tr("Compression of the picked layers"));
    addChoice(*box, tr("as the model"), kAsModel);
    addChoices(*box, types::kCompressionWords, compressionText);
    addOwnChoice(form, tr("Weights"), *box, &LayerKnobs::compression);
}

void LayerKnobsBox::buildClearing(QFormLayout& form) {
    m_clearPicked = new QPushButton(tr("Clear"));
    m_clearPicked->setToolTip(tr("The picked layers follow the model's knobs again."));
    m_clearAll = new QPushButton(tr("Clear all layers"));
    auto* row = new QHBoxLayout;
    row->addWidget(m_clearPicked);
    row->addWidget(m_clearAll);
    form.addRow(row);
    connect(m_clearPicked, &QPushButton::clicked, this, [this] { clear(true); });
    connect(m_clearAll, &QPushButton::clicked, this, [this] { clear(false); });
}

void LayerKnobsBox::setLayers(std::vector<PickedLayer> layers) {
    // Layers that a transform inserted have no knobs.
    layers.erase(std::remove_if(layers.begin(), layers.end(),
                                [](const PickedLayer& layer) { return layer.origin < 0; }),
                 layers.end());
    if (layers == m_layers) return;
    m_layers = std::move(layers);
    setVariation(variation());
}

void LayerKnobsBox::setOnPicked(const std::function<void(LayerKnobs&)>& change) {
    edit([&](Variation& v) {
        for (const PickedLayer& layer : m_layers) {
            LayerKnobs& knobs = v.layers[layer.origin];
            change(knobs);
            if (knobs.isEmpty()) v.layers.erase(layer.origin);
        }
    });
}

void LayerKnobsBox::clear(bool pickedOnly) {
    edit([&](Variation& v) {
        if (!pickedOnly) v.layers.clear();
        for (const PickedLayer& layer : m_layers)
            v.layers.erase(layer.origin);
    });
}

void LayerKnobsBox::displayShare(QDoubleSpinBox& box, Share knob) {
    const auto [share, isCommon] = common(variation(), m_layers, knob);
    box.setSpecialValueText(isCommon ? tr("as the model") : tr("differs"));
    box.setValue(share && isCommon ? *share * 100 : box.minimum());
    box.setEnabled(!m_layers.empty());
}

void LayerKnobsBox::display() {
    QStringList names;
    for (const PickedLayer& layer : m_layers)
        names << layer.name;
    m_title->setToolTip(names.join('\n'));
    if (names.isEmpty())
        m_title->setText(tr("Pick layers in a table, chart or plan: Ctrl and Shift add more."));
    else if (names.size() <= 2)
        m_title->setText(names.join(QStringLiteral(", ")));
    else
        m_title->setText(tr("%1 and %2 more").arg(names[0]).arg(names.size() - 1));
    KnobBox::display();
    const auto isSet = [this](const PickedLayer& layer) {
        return variation().layers.contains(layer.origin);
    };
    m_clearPicked->setEnabled(std::any_of(m_layers.begin(), m_layers.end(), isSet));
    m_clearAll->setEnabled(!variation().layers.empty());
}

QString LayerKnobsBox::summary() const {
    const auto count = variation().layers.size();
    if (count == 0) return tr("as the model");
    return count == 1 ? tr("1 of its own") : tr("%1 of their own").arg(count);
}

}  // namespace views
