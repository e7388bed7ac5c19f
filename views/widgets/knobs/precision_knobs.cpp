// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/knobs/precision_knobs.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>

namespace views {

using types::DataType;
using types::Precision;
using types::QuantizeKnobs;
using types::RangeMethod;
using types::Variation;

namespace {

/// The schemes of the command line: a precision, and how finely weights are scaled.
constexpr int kPerTensor = 100;
constexpr int kAsComputed = -1;

int schemeOf(const QuantizeKnobs& quantize) {
    return int(quantize.precision) + (quantize.perChannel ? 0 : kPerTensor);
}

bool isQuantizing(const Variation& variation) {
    const auto quantizes = [](Precision precision) {
        return precision != Precision::AsStored && precision != Precision::Float32;
    };
    if (quantizes(variation.quantize.precision)) return true;
    for (const auto& [origin, knobs] : variation.layers)
        if (knobs.precision && quantizes(*knobs.precision)) return true;
    return false;
}

}  // namespace

PrecisionKnobs::PrecisionKnobs(QWidget* parent) : KnobBox(parent) {
    QFormLayout* form = buildForm();
    buildScheme(*form);
    buildRanges(*form);
    buildRepairs(*form);
    buildPorts(*form);
    setVariation({});
}

void PrecisionKnobs::buildScheme(QFormLayout& form) {
    m_scheme = newChoiceBox(tr("Quantize"));
    addChoice(*m_scheme, tr("as stored"), int(Precision::AsStored));
    addChoice(*m_scheme, tr("float32"), int(Precision::Float32));
    addChoice(*m_scheme, tr("int8"), int(Precision::Int8),
              tr("8-bit activations and weights, one weight scale per output channel."));
    addChoice(*m_scheme, tr("int8, one scale per tensor"), int(Precision::Int8) + kPerTensor);
    addChoice(*m_scheme, tr("int16 × 8"), int(Precision::Int16x8),
              tr("16-bit activations, 8-bit weights."));
    addChoice(*m_scheme, tr("int8, 4-bit weights"), int(Precision::Int8W4));
    form.addRow(tr("&Quantize"), m_scheme);
    connect(m_scheme, qOverload<int>(&QComboBox::activated), this, [this] {
        const int scheme = m_scheme->currentData().toInt();
        edit([scheme](Variation& v) {
            v.quantize.perChannel = scheme < kPerTensor;
            v.quantize.precision = Precision(scheme % kPerTensor);
        });
    });
}

void PrecisionKnobs::buildRanges(QFormLayout& form) {
    m_ranges = newChoiceBox(tr("Ranges"));
    addChoice(*m_ranges, tr("smallest and largest"), int(RangeMethod::MinMax));
    addChoice(*m_ranges, tr("percentile"), int(RangeMethod::Percentile),
              tr("Values beyond the percentile are clipped."));
    addChoice(*m_ranges, tr("least squared error"), int(RangeMethod::MeanSquaredError));
    addChoice(*m_ranges, tr("entropy"), int(RangeMethod::Entropy),
              tr("The range whose quantized histogram diverges least from the real one."));
    m_percentile = new QDoubleSpinBox;
    m_percentile->setRange(90, 100);
    m_percentile->setDecimals(3);
    m_percentile->setSingleStep(0.01);
    m_percentile->setSuffix(QStringLiteral(" %"));
    m_percentile->setKeyboardTracking(false);
    m_percentile->setAccessibleName(tr("Percentile"));
    form.addRow(tr("&Ranges"), m_ranges);
    form.addRow(QString(), m_percentile);
    connect(m_ranges, qOverload<int>(&QComboBox::activated), this, [this] {
        edit([this](Variation& v) {
            v.quantize.ranges = RangeMethod(m_ranges->currentData().toInt());
        });
    });
    connect(
        m_percentile, qOverload<double>(&QDoubleSpinBox::valueChanged), this,
        [this](double value) { edit([value](Variation& v) { v.quantize.percentile = value; }); });
}

void PrecisionKnobs::buildRepairs(QFormLayout& form) {
    const auto add = [&](const QString& text, const QString& toolTip, bool QuantizeKnobs::*knob) {
        auto* box = new QCheckBox(text);
        box->setToolTip(toolTip);
        form.addRow(box);
        connect(box, &QCheckBox::toggled, this, [this, knob](bool isOn) {
            edit([knob, isOn](Variation& v) { v.quantize.*knob = isOn; });
        });
        return box;
    };
    m_equalize = add(tr("Equalize across layers"),
                     tr("Scales channels of neighbouring layers against each other, so that one "
                        "scale fits all of them; the float model stays the same."),
                     &QuantizeKnobs::equalize);
    m_correctBias = add(tr("Correct biases"),
                        tr("The mean error that rounding brings is taken from each bias."),
                        &QuantizeKnobs::correctBias);
    m_reconstruct = add(tr("Round by reconstruction"),
                        tr("Each weight is rounded up or down by what the layer's output loses on "
                           "the calibration data. Slower."),
                        &QuantizeKnobs::reconstruct);
}

QComboBox* PrecisionKnobs::addPort(QFormLayout& form, const QString& label,
                                   std::optional<DataType> QuantizeKnobs::*port) {
    auto* box = newChoiceBox(label);
    addChoice(*box, tr("as computed"), kAsComputed);
    for (DataType type : {DataType::Float32, DataType::Int8, DataType::Int16})
        addChoice(*box, QString::fromStdString(types::dataTypeName(type)), int(type));
    form.addRow(label, box);
    connect(box, qOverload<int>(&QComboBox::activated), this, [this, box, port] {
        const int type = box->currentData().toInt();
        edit([port, type](Variation& v) {
            v.quantize.*port =
                type == kAsComputed ? std::nullopt : std::optional<DataType>(DataType(type));
        });
    });
    return box;
}

void PrecisionKnobs::buildPorts(QFormLayout& form) {
    m_inputType = addPort(form, tr("&Inputs"), &QuantizeKnobs::inputType);
    m_outputType = addPort(form, tr("O&utputs"), &QuantizeKnobs::outputType);
}

void PrecisionKnobs::display() {
    const QuantizeKnobs& quantize = variation().quantize;
    choose(*m_scheme, schemeOf(quantize));
    choose(*m_ranges, int(quantize.ranges));
    m_percentile->setValue(quantize.percentile);
    m_percentile->setVisible(quantize.ranges == RangeMethod::Percentile);
    m_equalize->setChecked(quantize.equalize);
    m_correctBias->setChecked(quantize.correctBias);
    m_reconstruct->setChecked(quantize.reconstruct);
    choose(*m_inputType, quantize.inputType ? int(*quantize.inputType) : kAsComputed);
    choose(*m_outputType, quantize.outputType ? int(*quantize.outputType) : kAsComputed);
    for (QWidget* knob :
         std::initializer_list<QWidget*>{m_ranges, m_equalize, m_correctBias, m_reconstruct})
        knob->setEnabled(isQuantizing(variation()));
}

QString PrecisionKnobs::summary() const {
    return m_scheme->currentText();
}

}  // namespace views
