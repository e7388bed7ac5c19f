// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// KnobBox: a group of controls that together edit a Variation. It shows the Variation it is given
// and emits the one that the user makes of it; it decides nothing. While a slider is held down,
// edits stream; `finished` says that the user let go.

#include <QWidget>
#include <functional>

#include "types/variation.h"

class QComboBox;
class QFormLayout;

namespace views {

class KnobBox : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

    void setVariation(const types::Variation& variation);
    /// What the knobs are set to, in few words, for the header of a folded section.
    virtual QString summary() const = 0;

signals:
    void edited(const types::Variation& variation);
    void finished();

protected:
    const types::Variation& variation() const { return m_variation; }
    /// Brings the controls in line with variation(); what they signal meanwhile is not an edit.
    virtual void display() = 0;
    /// A control was moved: `change` says what that means.
    void edit(const std::function<void(types::Variation&)>& change, bool isFinished = true);
    /// A form on the 8-pixel grid that fills the box.
    QFormLayout* buildForm();

private:
    types::Variation m_variation;
    bool m_isDisplaying = false;
};

/// A combo box that may become narrower than its longest entry.
QComboBox* newChoiceBox(const QString& accessibleName);

/// Combo boxes whose entries carry a value as data: chosen by value, not by position. A value that
/// is not in the list leaves none chosen.
void addChoice(QComboBox& box, const QString& text, int value, const QString& toolTip = {});
void choose(QComboBox& box, int value);

}  // namespace views
