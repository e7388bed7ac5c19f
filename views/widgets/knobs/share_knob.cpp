// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/knobs/share_knob.h"

#include <QHBoxLayout>
#include <QSignalBlocker>
#include <cmath>

#include "types/knob_domain.h"

namespace views {
namespace {

constexpr int kSteps = 100;  ///< slider steps per share of 1

}  // namespace

ShareKnob::ShareKnob(Style style, const types::Limits& limits, const QString& name)
    : m_unit(style == Style::Percent ? 100 : 1),
      m_number(new QDoubleSpinBox),
      m_slider(new QSlider(Qt::Horizontal)) {
    m_number->setDecimals(style == Style::Percent ? 0 : 2);
    m_number->setSuffix(style == Style::Percent ? QStringLiteral(" %") : QString());
    const double least = limits.least(1.0 / kSteps), greatest = limits.greatest(1.0 / kSteps);
    m_number->setRange(least * m_unit, greatest * m_unit);
    m_number->setSingleStep(0.05 * m_unit);
    m_number->setKeyboardTracking(false);
    m_number->setAccessibleName(name);
    m_slider->setRange(static_cast<int>(std::lround(least * kSteps)),
                       static_cast<int>(std::lround(greatest * kSteps)));
    m_slider->setPageStep(5);
    m_slider->setMinimumWidth(48);
    m_slider->setAccessibleName(name);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_slider, 1);
    row->addWidget(m_number);
    setFocusProxy(m_number);
    connect(m_slider, &QSlider::valueChanged, this, [this](int value) {
        const double share = value / double(kSteps);
        const bool isFinished = !m_slider->isSliderDown();
        setShare(share);
        emit edited(share, isFinished);
    });
    connect(m_slider, &QSlider::sliderReleased, this,
            [this] { emit edited(m_slider->value() / double(kSteps), true); });
    connect(m_number, qOverload<double>(&QDoubleSpinBox::valueChanged), this, [this](double value) {
        const double share = std::round(value / m_unit * kSteps) / kSteps;
        setShare(share);
        emit edited(share, true);
    });
}

void ShareKnob::setShare(double share) {
    const QSignalBlocker quietNumber(m_number), quietSlider(m_slider);
    m_number->setValue(share * m_unit);
    m_slider->setValue(static_cast<int>(std::lround(share * kSteps)));
}

void ShareKnob::setToolTip(const QString& text) {
    m_number->setToolTip(text);
    m_slider->setToolTip(text);
}

}  // namespace views
