// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/knobs/knob_box.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>

#include "views/widgets/knobs/share_knob.h"

namespace views {

void KnobBox::setVariation(const types::Variation& variation) {
    m_variation = variation;
    m_isDisplaying = true;
    display();
    m_isDisplaying = false;
}

void KnobBox::display() {
    for (const Show& show : m_shows)
        show(m_variation);
}

void KnobBox::edit(const std::function<void(types::Variation&)>& change, bool isFinished) {
    if (m_isDisplaying) return;
    types::Variation next = m_variation;
    change(next);
    if (!(next == m_variation)) {
        setVariation(next);
        emit edited(next);
    }
    if (isFinished) emit finished();
}

QFormLayout* KnobBox::buildForm() {
    auto* form = new QFormLayout(this);
    form->setContentsMargins(8, 0, 8, 8);
    form->setHorizontalSpacing(8);
    form->setVerticalSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    return form;
}

QCheckBox* KnobBox::addSwitch(QFormLayout& form, const QString& text,
                              bool& (*knob)(types::Variation& variation)) {
    auto* box = new QCheckBox(text);
    form.addRow(box);
    connect(box, &QCheckBox::toggled, this,
            [this, knob](bool isOn) { edit([&](types::Variation& v) { knob(v) = isOn; }); });
    onDisplay([this, box, knob](const types::Variation&) { box->setChecked(knob(m_variation)); });
    greyWhereIdle(*box, [knob](types::Variation& v, int isOn) { knob(v) = isOn != 0; });
    return box;
}

QComboBox* KnobBox::addTriState(QFormLayout& form, const QString& label,
                                std::optional<bool>& (*knob)(types::Variation& variation)) {
    QComboBox* box = newChoiceBox(label);
    addChoice(*box, tr("by the data"), kUnset);
    addChoice(*box, tr("yes"), 1);
    addChoice(*box, tr("no"), 0);
    addOptionalRow(form, label, *box, knob);
    return box;
}

void KnobBox::addShareRow(QFormLayout& form, const QString& label, ShareKnob& control,
                          double& (*knob)(types::Variation& variation)) {
    form.addRow(label, &control);
    connect(&control, &ShareKnob::edited, this, [this, knob](double share, bool isFinished) {
        edit([&](types::Variation& v) { knob(v) = share; }, isFinished);
    });
    onDisplay(
        [this, &control, knob](const types::Variation&) { control.setShare(knob(m_variation)); });
}

void KnobBox::addChoiceRow(QFormLayout& form, const QString& label, QComboBox& box, Get get,
                           Set set) {
    form.addRow(label, &box);
    connect(&box, qOverload<int>(&QComboBox::activated), this, [this, &box, set] {
        edit([&](types::Variation& v) { set(v, box.currentData().toInt()); });
    });
    onDisplay([&box, get](const types::Variation& v) { choose(box, get(v)); });
    greyWhereIdle(box, set);
}

/// A knob has no effect if two of its settings give the same normalized variation.
void KnobBox::greyWhereIdle(QWidget& control, Set set) {
    onDisplay([&control, set](const types::Variation& v) {
        types::Variation one = v, other = v;
        set(one, 0);
        set(other, 1);
        control.setEnabled(!(one.normalized() == other.normalized()));
    });
}

QComboBox* newChoiceBox(const QString& accessibleName) {
    auto* box = new QComboBox;
    box->setAccessibleName(accessibleName);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(8);
    return box;
}

void addChoice(QComboBox& box, const QString& text, int value, const QString& toolTip) {
    box.addItem(text, value);
    if (!toolTip.isEmpty()) box.setItemData(box.count() - 1, toolTip, Qt::ToolTipRole);
}

void choose(QComboBox& box, int value) {
    box.setCurrentIndex(box.findData(value));
}

}  // namespace views
