// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ShareKnob: a share as a number and as a slider that follow each other.

#include <QDoubleSpinBox>
#include <QSlider>

namespace views {

class ShareKnob : public QWidget {
    Q_OBJECT

public:
    enum class Style { Fraction, Percent };  ///< "0.75" or "75 %"

    /// Shares from `lowest` to `highest` in hundredths.
    ShareKnob(Style style, double lowest, double highest, const QString& name);

    void setShare(double share);
    void setToolTip(const QString& text);

signals:
    /// isFinished is false while the slider is held down.
    void edited(double share, bool isFinished);

private:
    double m_unit;  ///< what the number shows for a share of 1
    QDoubleSpinBox* m_number;
    QSlider* m_slider;
};

}  // namespace views
