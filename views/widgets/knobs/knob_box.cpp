// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/knobs/knob_box.h"

#include <QComboBox>
#include <QFormLayout>

namespace views {

void KnobBox::setVariation(const types::Variation& variation) {
    m_variation = variation;
    m_isDisplaying = true;
    display();
    m_isDisplaying = false;
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
