// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/knobs/precision_knobs.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QSpinBox>
#include <cmath>

#include "types/knob_domain.h"

namespace views {

using types::DataType;
using types::Precision;
using types::QuantizeKnobs;
using types::RangeMethod;
using types::Scheme;
using types::Variation;

namespace {

constexpr int kAsStored = -1;  ///< among the rows of kSchemeWords
constexpr int kAsComputed = -1;
constexpr int kNoScheme = -2;
constexpr int kPercentileDecimals = 3;

ChoiceText schemeText(const Scheme& scheme) {
    switch (scheme.precision) {
        case Precision::AsStored:
            return {PrecisionKnobs::tr("as stored")};
        case Precision::Float32:
            return {PrecisionKnobs::tr("float32")};
        case Precision::Int8:
            if (!scheme.perChannel) return {PrecisionKnobs::tr("int8, one scale per tensor")};
            return {PrecisionKnobs::tr("int8"),
                    PrecisionKnobs::tr(
                        "8-bit activations and weights, one weight scale per output channel.")};
        case Precision::Int16x8:
            return {PrecisionKnobs::tr("int16 × 8"),
                    PrecisionKnobs::tr("16-bit activations, 8-bit weights.")};
        case Precision::Int8W4:
            return {PrecisionKnobs::tr("int8, 4-bit weights")};
        case Precision::Auto:
            return {PrecisionKnobs::tr("by the data"),
                    PrecisionKnobs::tr("Each layer in int8, with 4-bit weights or with 16-bit "
                                       "activations: what calibration data show, within the "
                                       "budgets below.")};
    }
    return {};
}

ChoiceText rangesText(RangeMethod method) {
    switch (method) {
        case RangeMethod::MinMax:
            return {PrecisionKnobs::tr("smallest and largest")};
        case RangeMethod::Percentile:
            return {PrecisionKnobs::tr("percentile"),
                    PrecisionKnobs::tr("Values beyond the percentile are clipped.")};
        case RangeMethod::MeanSquaredError:
            return {PrecisionKnobs::tr("least squared error")};
        case RangeMethod::Entropy:
            return {PrecisionKnobs::tr("entropy"),
                    PrecisionKnobs::tr("The range whose quantized histogram diverges least from "
                                       "the real one.")};
    }
    return {};
}

/// Row of kSchemeWords.
int schemeOf(const Variation& variation) {
    const QuantizeKnobs& quantize = variation.quantize;
    if (quantize.precision == Precision::AsStored) return kAsStored;
    for (size_t i = 0; i < types::kSchemeWords.size(); ++i)
        if (types::kSchemeWords[i].second == Scheme{quantize.precision, quantize.perChannel})
            return int(i);
    return kNoScheme;
}

void setScheme(Variation& variation, int row) {
    const Scheme asStored{Precision::AsStored, QuantizeKnobs().perChannel};
    const Scheme scheme = row == kAsStored ? asStored : types::kSchemeWords[size_t(row)].second;
    variation.quantize.precision = scheme.precision;
    variation.quantize.perChannel = scheme.perChannel;
}

}  // namespace

PrecisionKnobs::PrecisionKnobs(QWidget* parent) : KnobBox(parent) {
    QFormLayout* form = buildForm();
    buildScheme(*form);
    buildBudgets(*form);
    buildRanges(*form);
    buildPercentile(*form);
    buildRepairs(*form);
    addPort(*form, tr("&Inputs"), &QuantizeKnobs::inputType);
    addPort(*form, tr("O&utputs"), &QuantizeKnobs::outputType);
    setVariation({});
}

void PrecisionKnobs::buildScheme(QFormLayout& form) {
    m_scheme = newChoiceBox(tr("Quantize"));
    addChoice(*m_scheme, schemeText({Precision::AsStored, true}).text, kAsStored);
    for (size_t i = 0; i < types::kSchemeWords.size(); ++i) {
        const ChoiceText entry = schemeText(types::kSchemeWords[i].second);
        addChoice(*m_scheme, entry.text, int(i), entry.toolTip);
    }
    addChoiceRow(form, tr("&Quantize"), *m_scheme, schemeOf, setScheme);
}

/// The number below the least stands for "not set".
void PrecisionKnobs::buildBudgets(QFormLayout& form) {
    auto* flash = new QSpinBox;
    flash->setRange(int(types::kFlashBudgetLimits.low) - 1, int(types::kFlashBudgetLimits.high));
    flash->setSpecialValueText(tr("the board's flash"));
    flash->setSuffix(tr(" bytes"));
    flash->setSingleStep(1024);
    auto* latency = new QDoubleSpinBox;
    latency->setRange(0, types::kLatencyBudgetLimits.high / 1000);
    latency->setDecimals(3);
    latency->setSpecialValueText(tr("no limit"));
    latency->setSuffix(tr(" ms"));
    auto* content = new QWidget;
    auto* rows = new QFormLayout(content);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addRow(tr("Model file"), flash);
    rows->addRow(tr("Latency"), latency);
    form.addRow(tr("within"), content);
    for (QAbstractSpinBox* box :
         {static_cast<QAbstractSpinBox*>(flash), static_cast<QAbstractSpinBox*>(latency)})
        box->setKeyboardTracking(false);
    flash->setAccessibleName(tr("Budget of the model file"));
    latency->setAccessibleName(tr("Budget of latency"));
    connect(flash, qOverload<int>(&QSpinBox::valueChanged), this, [this](int bytes) {
        edit([bytes](Variation& v) {
            v.quantize.flashBudget = bytes > 0 ? std::optional(bytes) : std::nullopt;
        });
    });
    connect(latency, qOverload<double>(&QDoubleSpinBox::valueChanged), this, [this](double ms) {
        edit([ms](Variation& v) {
            v.quantize.latencyBudgetUs = ms > 0 ? std::optional(1000 * ms) : std::nullopt;
        });
    });
    onDisplay([=, &form](const Variation& v) {
        flash->setValue(v.quantize.flashBudget.value_or(0));
        latency->setValue(v.quantize.latencyBudgetUs.value_or(0) / 1000);
        content->setVisible(v.choosesPrecisions());
        form.labelForField(content)->setVisible(v.choosesPrecisions());
    });
}

void PrecisionKnobs::buildRanges(QFormLayout& form) {
    QComboBox* ranges = newChoiceBox(tr("Ranges"));
    addChoices(*ranges, types::kRangeWords, rangesText);
    addChoiceRow(
        form, tr("&Ranges"), *ranges, [](const Variation& v) { return int(v.quantize.ranges); },
        [](Variation& v, int choice) { v.quantize.ranges = RangeMethod(choice); });
}

void PrecisionKnobs::buildPercentile(QFormLayout& form) {
    const double resolution = std::pow(10, -kPercentileDecimals);
    auto* box = new QDoubleSpinBox;
    box->setDecimals(kPercentileDecimals);
    box->setRange(types::kPercentileLimits.least(resolution),
                  types::kPercentileLimits.greatest(resolution));
    box->setSingleStep(0.01);
    box->setSuffix(QStringLiteral(" %"));
    box->setKeyboardTracking(false);
    box->setAccessibleName(tr("Percentile"));
    form.addRow(QString(), box);
    connect(box, qOverload<double>(&QDoubleSpinBox::valueChanged), this, [this](double value) {
        edit([value](Variation& v) { v.quantize.percentile = value; });
    });
    onDisplay([box](const Variation& v) {
        box->setValue(v.quantize.percentile);
        box->setVisible(v.quantize.ranges == RangeMethod::Percentile);
    });
}

void PrecisionKnobs::buildRepairs(QFormLayout& form) {
    addTriState(form, tr("Equalize"),
                [](Variation& v) -> std::optional<bool>& { return v.quantize.equalize; })
        ->setToolTip(tr("Scales channels of neighbouring layers against each other, so that one "
                        "scale fits all of them; the float model stays the same."));
    addTriState(form, tr("Correct biases"), [](Variation& v) -> std::optional<bool>& {
        return v.quantize.correctBias;
    })->setToolTip(tr("The mean error that rounding brings is taken from each bias."));
    addTriState(form, tr("Reconstruct"),
                [](Variation& v) -> std::optional<bool>& { return v.quantize.reconstruct; })
        ->setToolTip(tr("Each weight is rounded up or down by what the layer's output loses on "
                        "the calibration data. Slower."));
}

void PrecisionKnobs::addPort(QFormLayout& form, const QString& label,
                             std::optional<DataType> QuantizeKnobs::*port) {
    QComboBox* box = newChoiceBox(label);
    addChoice(*box, tr("as computed"), kAsComputed);
    addChoices(*box, types::kPortTypeWords, [](DataType type) {
        return ChoiceText{QString::fromStdString(types::dataTypeName(type))};
    });
    const auto get = [port](const Variation& v) {
        const auto& type = v.quantize.*port;
        return type ? int(*type) : kAsComputed;
    };
    const auto set = [port](Variation& v, int choice) {
        auto& type = v.quantize.*port;
        type = choice == kAsComputed ? std::nullopt : std::optional(DataType(choice));
    };
    addChoiceRow(form, label, *box, get, set);
}

QString PrecisionKnobs::summary() const {
    return m_scheme->currentText();
}

}  // namespace views
