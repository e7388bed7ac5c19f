// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SweptKnobRow: one knob of a sweep with its values: a range in steps, or some of its words.

#include <QWidget>

#include "views/models/sweep_choice.h"

class QComboBox;
class QDoubleSpinBox;
class QSpinBox;
class QToolButton;

namespace views {

class SweptKnobRow : public QWidget {
    Q_OBJECT

public:
    explicit SweptKnobRow(const SweptKnob& knob, QWidget* parent = nullptr);

    SweptKnob knob() const;

signals:
    void edited();
    void removed();

private:
    void chooseKnob();
    void fill(const SweptKnob& knob);
    void fillWords(const SweepableKnob& facts, const QStringList& chosen);
    void showWords();
    QDoubleSpinBox* addNumber(const QString& name);

    QComboBox* m_knob = nullptr;
    QWidget* m_range = nullptr;
    QDoubleSpinBox* m_from = nullptr;
    QDoubleSpinBox* m_to = nullptr;
    QSpinBox* m_steps = nullptr;
    QToolButton* m_words = nullptr;
};

/// A first range of values for a knob that was just chosen.
SweptKnob usualRange(const QString& path);

}  // namespace views
