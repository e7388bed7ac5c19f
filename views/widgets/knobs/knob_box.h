// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// KnobBox: a group of controls that edit a Variation. It displays the given Variation and emits the
// user's edited one; it decides nothing. While a slider is held down, edits stream; `finished`
// reports its release. A control is added together with the knob that it displays and edits, and
// needs no member of its own; limits and choices are those of types/knob_domain.h.

#include <QWidget>
#include <functional>
#include <optional>
#include <vector>

#include "types/variation.h"

class QCheckBox;
class QComboBox;
class QFormLayout;

namespace views {

class ShareKnob;

class KnobBox : public QWidget {
    Q_OBJECT

public:
    using QWidget::QWidget;

    void setVariation(const types::Variation& variation);
    /// Short text of the knobs' settings, for the header of a folded section.
    virtual QString summary() const = 0;

signals:
    void edited(const types::Variation& variation);
    void finished();

protected:
    using Show = std::function<void(const types::Variation&)>;
    /// Value of the control as a number.
    using Get = std::function<int(const types::Variation&)>;
    using Set = std::function<void(types::Variation&, int)>;

    const types::Variation& variation() const { return m_variation; }
    /// Sets the controls to variation(); signals that they emit meanwhile are not edits.
    virtual void display();
    /// Adds a step to display().
    void onDisplay(Show show) { m_shows.push_back(std::move(show)); }
    /// A control was moved: `change` applies it to the variation.
    void edit(const std::function<void(types::Variation&)>& change, bool isFinished = true);

    /// A form on the 8-pixel grid that fills the box.
    QFormLayout* buildForm();
    /// A check box for the knob that `knob` finds in a variation.
    QCheckBox* addSwitch(QFormLayout& form, const QString& text,
                         bool& (*knob)(types::Variation& variation));
    /// A choice between what the data show (not set), on and off.
    QComboBox* addTriState(QFormLayout& form, const QString& label,
                           std::optional<bool>& (*knob)(types::Variation& variation));
    /// Adds a row for a share, of the knob that `knob` finds.
    void addShareRow(QFormLayout& form, const QString& label, ShareKnob& control,
                     double& (*knob)(types::Variation& variation));
    /// The same for a knob that may be left unset: its entry carries kUnset.
    template <typename Choice>
    void addOptionalRow(QFormLayout& form, const QString& label, QComboBox& box,
                        std::optional<Choice>& (*knob)(types::Variation& variation));
    /// Adds a combo box whose entries carry the numbers of `get` and `set`.
    void addChoiceRow(QFormLayout& form, const QString& label, QComboBox& box, Get get, Set set);

private:
    void greyWhereIdle(QWidget& control, Set set);

    types::Variation m_variation;
    std::vector<Show> m_shows;
    bool m_isDisplaying = false;
};

/// A combo box that may become narrower than its longest entry.
QComboBox* newChoiceBox(const QString& accessibleName);

/// Combo boxes whose entries carry a value as data, and are chosen by value, not by index. An
/// unknown value chooses none.
void addChoice(QComboBox& box, const QString& text, int value, const QString& toolTip = {});
void choose(QComboBox& box, int value);

/// Data of the entry for a knob that is not set.
constexpr int kUnset = -1;

template <typename Choice>
void KnobBox::addOptionalRow(QFormLayout& form, const QString& label, QComboBox& box,
                             std::optional<Choice>& (*knob)(types::Variation& variation)) {
    const auto get = [knob](const types::Variation& v) {
        types::Variation copy = v;
        const std::optional<Choice>& value = knob(copy);
        return value ? static_cast<int>(*value) : kUnset;
    };
    const auto set = [knob](types::Variation& v, int choice) {
        knob(v) = choice == kUnset ? std::nullopt : std::optional(static_cast<Choice>(choice));
    };
    addChoiceRow(form, label, box, get, set);
}

/// Display texts of a choice of a knob.
struct ChoiceText {
    QString text;
    QString toolTip = {};
};

/// Adds one entry per choice of a knob (types/knob_domain.h), named by `textOf`.
template <typename Words, typename TextOf>
void addChoices(QComboBox& box, const Words& words, TextOf textOf) {
    for (const auto& [word, choice] : words) {
        const ChoiceText entry = textOf(choice);
        addChoice(box, entry.text, static_cast<int>(choice), entry.toolTip);
    }
}

}  // namespace views
