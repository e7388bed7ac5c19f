// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/knobs/schedule_knobs.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QSpinBox>

#include "types/knob_domain.h"
#include "views/number_format.h"

namespace views {

using types::Variation;

ScheduleKnobsBox::ScheduleKnobsBox(QWidget* parent) : KnobBox(parent) {
    QFormLayout* form = buildForm();
    QSpinBox* sram =
        addNumber(*form, tr("&Within"), types::kScheduleSramLimits,
                  [](Variation& v) -> std::optional<int32_t>& { return v.schedule.sram; });
    sram->setSuffix(tr(" bytes"));
    sram->setSingleStep(1024);
    sram->setAccessibleName(tr("Arena of the schedule"));
    sram->setToolTip(
        tr("Our own runtime executes the model in bands of rows, so that the arena needs no more "
           "bytes than this. The fastest schedule within them is taken; outputs stay the same."));
    addSwitch(*form, tr("Input by rows"), [](Variation& v) -> bool& { return v.schedule.feedRows; })
        ->setToolTip(
            tr("The caller may give the input line by line, as a camera does: it is then not "
               "in the arena."));
    addNumber(*form, tr("Or ro&w"), types::kScheduleRowLimits,
              [](Variation& v) -> std::optional<int32_t>& { return v.schedule.row; })
        ->setToolTip(tr("The schedule with this number on the Memory page, whatever it needs."));
    setVariation({});
}

QSpinBox* ScheduleKnobsBox::addNumber(QFormLayout& form, const QString& label,
                                      const types::Limits& limits, Knob knob) {
    auto* box = new QSpinBox;
    box->setRange(0, int(limits.high));
    box->setSpecialValueText(tr("not set"));
    // Half a number would start a search.
    box->setKeyboardTracking(false);
    form.addRow(label, box);
    onDisplay([box, knob](const Variation& v) {
        Variation copy = v;
        box->setValue(knob(copy).value_or(0));
    });
    connect(box, qOverload<int>(&QSpinBox::valueChanged), this, [this, knob](int value) {
        edit([knob, value](Variation& v) {
            knob(v) = value > 0 ? std::optional<int32_t>(value) : std::nullopt;
        });
    });
    return box;
}

QString ScheduleKnobsBox::summary() const {
    const types::ScheduleKnobs& knobs = variation().schedule;
    if (knobs.row) return tr("row %1").arg(*knobs.row);
    if (!knobs.sram) return tr("none");
    const QString bytes = shortText(Unit::Bytes, *knobs.sram);
    return knobs.feedRows ? tr("%1, by rows").arg(bytes) : bytes;
}

}  // namespace views
