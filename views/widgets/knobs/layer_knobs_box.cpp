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

namespace views {

using types::LayerKnobs;
using types::Precision;
using types::Variation;

namespace {

constexpr int kAsModel = -1;
constexpr double kStep = 5;  ///< percent

const LayerKnobs& knobsOf(const Variation& variation, int32_t origin) {
    static const LayerKnobs none;
    const auto found = variation.layers.find(origin);
    return found == variation.layers.end() ? none : found->second;
}

/// The knob of the first picked layer, and whether all others have the same.
template <typename Knob>
std::pair<Knob, bool> common(const Variation& variation, const std::vector<PickedLayer>& layers,
                             Knob LayerKnobs::*knob) {
    const Knob first = layers.empty() ? Knob() : knobsOf(variation, layers[0].origin).*knob;
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
    m_width = addShare(*form, tr("Width"), 10, 100, &LayerKnobs::width);
    m_prune = addShare(*form, tr("Prune"), 0, 90, &LayerKnobs::pruneChannels);
    m_zeros = addShare(*form, tr("Zeros"), 0, 95, &LayerKnobs::pruneWeights);
    buildClearing(*form);
    setVariation({});
}

QDoubleSpinBox* LayerKnobsBox::addShare(QFormLayout& form, const QString& label, double lowest,
                                        double highest, Share knob) {
    auto* box = new QDoubleSpinBox;
    // One step below the smallest share stands for "not set".
    box->setRange(lowest - kStep, highest);
    box->setSingleStep(kStep);
    box->setDecimals(0);
    box->setSuffix(QStringLiteral(" %"));
    box->setKeyboardTracking(false);
    box->setAccessibleName(label);
    form.addRow(label, box);
    connect(box, qOverload<double>(&QDoubleSpinBox::valueChanged), this,
            [this, lowest, knob](double value) {
                setOnPicked([=](LayerKnobs& knobs) {
                    knobs.*knob = value < lowest ? std::nullopt : std::optional(value / 100);
                });
            });
    return box;
}

void LayerKnobsBox::buildPrecision(QFormLayout& form) {
    m_precision = newChoiceBox(tr("Precision of the picked layers"));
    addChoice(*m_precision, tr("as the model"), kAsModel);
    for (Precision precision : {Precision::AsStored, Precision::Float32, Precision::Int8,
                                Precision::Int16x8, Precision::Int8W4})
        addChoice(*m_precision, QString::fromLatin1(types::precisionName(precision)),
                  int(precision));
    form.addRow(tr("Precision"), m_precision);
    connect(m_precision, qOverload<int>(&QComboBox::activated), this, [this] {
        const int value = m_precision->currentData().toInt();
        setOnPicked([value](LayerKnobs& knobs) {
            knobs.precision =
                value == kAsModel ? std::nullopt : std::optional<Precision>(Precision(value));
        });
    });
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
    // What the transform inserted between layers has no knobs.
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

void LayerKnobsBox::displayPrecision() {
    const auto [precision, isCommon] = common(variation(), m_layers, &LayerKnobs::precision);
    if (isCommon)
        choose(*m_precision, precision ? int(*precision) : kAsModel);
    else
        m_precision->setCurrentIndex(-1);
    m_precision->setEnabled(!m_layers.empty());
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
    displayPrecision();
    displayShare(*m_width, &LayerKnobs::width);
    displayShare(*m_prune, &LayerKnobs::pruneChannels);
    displayShare(*m_zeros, &LayerKnobs::pruneWeights);
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
