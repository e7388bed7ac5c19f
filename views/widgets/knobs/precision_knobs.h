// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// PrecisionKnobs: precision of the model, choice of ranges, repairs of rounding, and the types of
// inputs and outputs.

#include "views/widgets/knobs/knob_box.h"

namespace views {

class PrecisionKnobs : public KnobBox {
    Q_OBJECT

public:
    explicit PrecisionKnobs(QWidget* parent = nullptr);
    QString summary() const override;

private:
    void buildBudgets(QFormLayout& form);
    void buildScheme(QFormLayout& form);
    void buildRanges(QFormLayout& form);
    void buildPercentile(QFormLayout& form);
    void buildRepairs(QFormLayout& form);
    void addPort(QFormLayout& form, const QString& label,
                 std::optional<types::DataType> types::QuantizeKnobs::*port);

    QComboBox* m_scheme;
};

}  // namespace views
