// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// TrainingKnobs: how long the model is trained on the chosen data, and how samples are varied.

#include "types/knob_domain.h"
#include "views/widgets/knobs/knob_box.h"

class QSpinBox;

namespace views {

class TrainingKnobs : public KnobBox {
    Q_OBJECT

public:
    explicit TrainingKnobs(QWidget* parent = nullptr);
    QString summary() const override;

private:
    QSpinBox* addNumber(QFormLayout& form, const QString& label, const types::Limits& limits,
                        Get get, Set set);
};

}  // namespace views
