// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// ScheduleKnobsBox: execution in bands of rows under our own runtime, within an arena or by the row
// of the front that the Memory page shows.

#include "views/widgets/knobs/knob_box.h"

class QSpinBox;

namespace types {
struct Limits;
}

namespace views {

class ScheduleKnobsBox : public KnobBox {
    Q_OBJECT

public:
    explicit ScheduleKnobsBox(QWidget* parent = nullptr);
    QString summary() const override;

private:
    using Knob = std::optional<int32_t>& (*)(types::Variation&);
    /// A number of which 0 stands for "not set".
    QSpinBox* addNumber(QFormLayout& form, const QString& label, const types::Limits& limits,
                        Knob knob);
};

}  // namespace views
