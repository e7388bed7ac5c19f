// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/knobs/channel_knobs.h"

#include <QComboBox>
#include <QFormLayout>
#include <QStringList>

namespace views {

using types::ImportanceMeasure;
using types::PruneScope;
using types::Variation;

ChannelKnobs::ChannelKnobs(QWidget* parent) : KnobBox(parent) {
    QFormLayout* form = buildForm();
    buildWidth(*form);
    buildPruning(*form);
    buildManner(*form);
    buildZeros(*form);
    setVariation({});
}

void ChannelKnobs::buildWidth(QFormLayout& form) {
    m_width = new ShareKnob(ShareKnob::Style::Fraction, 0.10, 1.0, tr("Width"));
    m_width->setToolTip(
        tr("Share of the channels that stay. The least important ones (smallest L1 "
           "norm) are removed for real."));
    form.addRow(tr("&Width"), m_width);
    connect(m_width, &ShareKnob::edited, this, [this](double share, bool isFinished) {
        edit([share](Variation& v) { v.width = share; }, isFinished);
    });
}

void ChannelKnobs::buildPruning(QFormLayout& form) {
    m_prune = new ShareKnob(ShareKnob::Style::Percent, 0, 0.9, tr("Channels pruned"));
    m_prune->setToolTip(
        tr("Share of the channels that is removed for real, chosen by the measure "
           "below: shapes shrink, and so do time and memory."));
    form.addRow(tr("&Prune"), m_prune);
    connect(m_prune, &ShareKnob::edited, this, [this](double share, bool isFinished) {
        edit([share](Variation& v) { v.prune.channels = share; }, isFinished);
    });
}

void ChannelKnobs::buildManner(QFormLayout& form) {
    m_measure = newChoiceBox(tr("Which channels are pruned"));
    addChoice(*m_measure, tr("smallest L1 norm"), int(ImportanceMeasure::L1));
    addChoice(*m_measure, tr("smallest L2 norm"), int(ImportanceMeasure::L2));
    addChoice(*m_measure, tr("nearest to the median"), int(ImportanceMeasure::GeometricMedian),
              tr("Filters that the others can best stand in for (geometric median)."));
    addChoice(*m_measure, tr("least effect on the data"), int(ImportanceMeasure::Sensitivity),
              tr("What the outputs lose on the calibration data, to first order."));
    m_scope = newChoiceBox(tr("Where channels are pruned"));
    addChoice(*m_scope, tr("same share of each layer"), int(PruneScope::PerLayer));
    addChoice(*m_scope, tr("over the whole model"), int(PruneScope::Global));
    m_rounding = newChoiceBox(tr("Round to"));
    addChoice(*m_rounding, tr("not at all"), 1);
    for (int multiple : {2, 4, 8, 16})
        addChoice(*m_rounding, tr("multiples of %1").arg(multiple), multiple);
    m_rounding->setToolTip(
        tr("Channel counts are rounded to these; kernels are faster at multiples of 4."));
    m_recover = new QCheckBox(tr("Recover by least squares"));
    m_recover->setToolTip(
        tr("Weights behind removed channels are solved by least squares on the "
           "calibration data, layer by layer. No labels are needed."));
    form.addRow(tr("by"), m_measure);
    form.addRow(tr("take"), m_scope);
    form.addRow(tr("R&ound to"), m_rounding);
    form.addRow(m_recover);
    connect(m_measure, qOverload<int>(&QComboBox::activated), this, [this] {
        edit([this](Variation& v) {
            v.prune.measure = ImportanceMeasure(m_measure->currentData().toInt());
        });
    });
    connect(m_scope, qOverload<int>(&QComboBox::activated), this, [this] {
        edit([this](Variation& v) { v.prune.scope = PruneScope(m_scope->currentData().toInt()); });
    });
    connect(m_rounding, qOverload<int>(&QComboBox::activated), this, [this] {
        edit([this](Variation& v) { v.channelMultiple = m_rounding->currentData().toInt(); });
    });
    connect(m_recover, &QCheckBox::toggled, this,
            [this](bool isOn) { edit([isOn](Variation& v) { v.prune.recover = isOn; }); });
}

void ChannelKnobs::buildZeros(QFormLayout& form) {
    m_zeros = new ShareKnob(ShareKnob::Style::Percent, 0, 0.95, tr("Weights set to zero"));
    m_zeros->setToolTip(
        tr("Share of each layer's weights, the smallest, that is set to zero. Zeros "
           "change neither time nor the size of the file; only compressed it shrinks."));
    form.addRow(tr("&Zeros"), m_zeros);
    connect(m_zeros, &ShareKnob::edited, this, [this](double share, bool isFinished) {
        edit([share](Variation& v) { v.prune.weights = share; }, isFinished);
    });
}

void ChannelKnobs::display() {
    const Variation& v = variation();
    m_width->setShare(v.width);
    m_prune->setShare(v.prune.channels);
    m_zeros->setShare(v.prune.weights);
    choose(*m_rounding, v.channelMultiple);
    choose(*m_measure, int(v.prune.measure));
    choose(*m_scope, int(v.prune.scope));
    m_recover->setChecked(v.prune.recover);
    m_measure->setEnabled(v.prune.channels > 0);
    m_scope->setEnabled(v.prune.channels > 0);
    m_recover->setEnabled(v.prune.channels > 0 || v.width < 1);
}

QString ChannelKnobs::summary() const {
    const Variation& v = variation();
    QStringList words;
    if (v.width != 1) words << tr("width %1").arg(v.width, 0, 'g', 3);
    if (v.prune.channels > 0) words << tr("%1 % pruned").arg(100 * v.prune.channels, 0, 'g', 3);
    if (v.prune.weights > 0) words << tr("%1 % zeros").arg(100 * v.prune.weights, 0, 'g', 3);
    return words.isEmpty() ? tr("all kept") : words.join(QStringLiteral(", "));
}

}  // namespace views
