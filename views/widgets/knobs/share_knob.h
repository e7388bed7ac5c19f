// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ShareKnob: a share as a number and a linked slider.

#include <QDoubleSpinBox>
#include <QSlider>

namespace types {
struct Limits;
}

namespace views {

class ShareKnob : public QWidget {
    Q_OBJECT

public:
    enum class Style { Fraction, Percent };  ///< "0.75" or "75 %"

    /// Shares within `limits` in hundredths.
    ShareKnob(Style style, const types::Limits& limits, const QString& name);

    void setShare(double share);
    void setToolTip(const QString& text);

signals:
    /// isFinished is false while the slider is held down.
    void edited(double share, bool isFinished);

private:
    double m_unit;  ///< number displayed for a share of 1
    QDoubleSpinBox* m_number;
    QSlider* m_slider;
};

}  // namespace views
