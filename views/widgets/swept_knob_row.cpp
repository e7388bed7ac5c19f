// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/swept_knob_row.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QSpinBox>
#include <QToolButton>
#include <algorithm>

namespace views {
namespace {

constexpr int kMostSweepSteps = 10'000;

}  // namespace

SweptKnob usualRange(const QString& path) {
    SweptKnob swept;
    swept.path = path;
    const SweepableKnob* knob = sweepableKnob(path);
    if (!knob) return swept;
    if (!knob->words.isEmpty()) {
        swept.words = knob->words.mid(0, 2);
        return swept;
    }
    // Half of the range of a share; of others the first values.
    swept.from = knob->high <= 1 && knob->low > 0 ? 0.3 : knob->low;
    swept.to = knob->high <= 1 ? (knob->low > 0 ? 1.0 : 0.5) : std::min(knob->low + 7, knob->high);
    swept.steps = knob->isWhole ? static_cast<int>(swept.to - swept.from) + 1 : 8;
    return swept;
}

SweptKnobRow::SweptKnobRow(const SweptKnob& knob, QWidget* parent) : QWidget(parent) {
    m_knob = new QComboBox;
    m_knob->setAccessibleName(tr("Knob"));
    for (const SweepableKnob& known : sweepableKnobs())
        m_knob->addItem(known.name, known.path);
    m_range = new QWidget;
    auto* range = new QHBoxLayout(m_range);
    range->setContentsMargins(0, 0, 0, 0);
    m_from = addNumber(tr("From"));
    m_to = addNumber(tr("To"));
    m_steps = new QSpinBox;
    m_steps->setRange(1, kMostSweepSteps);
    m_steps->setAccessibleName(tr("Steps"));
    range->addWidget(new QLabel(tr("from")));
    range->addWidget(m_from);
    range->addWidget(new QLabel(tr("to")));
    range->addWidget(m_to);
    range->addWidget(new QLabel(tr("in")));
    range->addWidget(m_steps);
    range->addWidget(new QLabel(tr("steps")));
    m_words = new QToolButton;
    m_words->setPopupMode(QToolButton::InstantPopup);
    m_words->setToolTip(tr("The values to try"));
    m_words->setAccessibleName(tr("Values to try"));
    auto* remove = new QToolButton;
    remove->setText(QStringLiteral("×"));
    remove->setToolTip(tr("Leave this knob out"));
    remove->setAccessibleName(remove->toolTip());
    remove->setAutoRaise(true);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_knob);
    row->addWidget(m_range);
    row->addWidget(m_words);
    row->addWidget(remove);
    row->addStretch();
    fill(knob);
    connect(m_knob, qOverload<int>(&QComboBox::currentIndexChanged), this,
            &SweptKnobRow::chooseKnob);
    for (QDoubleSpinBox* number : {m_from, m_to})
        connect(number, qOverload<double>(&QDoubleSpinBox::valueChanged), this,
                &SweptKnobRow::edited);
    connect(m_steps, qOverload<int>(&QSpinBox::valueChanged), this, &SweptKnobRow::edited);
    connect(remove, &QToolButton::clicked, this, &SweptKnobRow::removed);
}

QDoubleSpinBox* SweptKnobRow::addNumber(const QString& name) {
    auto* number = new QDoubleSpinBox;
    number->setAccessibleName(name);
    number->setDecimals(3);
    return number;
}

void SweptKnobRow::fill(const SweptKnob& knob) {
    const SweepableKnob* facts = sweepableKnob(knob.path);
    if (!facts) return;
    const QSignalBlocker combo(m_knob), from(m_from), to(m_to), steps(m_steps);
    m_knob->setCurrentIndex(m_knob->findData(knob.path));
    m_range->setVisible(facts->words.isEmpty());
    m_words->setVisible(!facts->words.isEmpty());
    if (!facts->words.isEmpty()) return fillWords(*facts, knob.words);
    for (QDoubleSpinBox* number : {m_from, m_to}) {
        number->setDecimals(facts->isWhole ? 0 : 3);
        number->setRange(facts->low, facts->high);
        number->setSingleStep(facts->step);
    }
    m_from->setValue(knob.from);
    m_to->setValue(knob.to);
    m_steps->setValue(knob.steps);
}

void SweptKnobRow::fillWords(const SweepableKnob& facts, const QStringList& chosen) {
    auto* menu = new QMenu(m_words);
    for (const QString& word : facts.words) {
        QAction* action = menu->addAction(word);
        action->setCheckable(true);
        action->setChecked(chosen.contains(word));
        connect(action, &QAction::toggled, this, [this] {
            showWords();
            emit edited();
        });
    }
    delete m_words->menu();
    m_words->setMenu(menu);
    showWords();
}

void SweptKnobRow::showWords() {
    const QString words = knob().words.join(", ");
    m_words->setText(words.isEmpty() ? tr("none chosen") : words);
    m_words->setAccessibleName(tr("Values to try: %1").arg(m_words->text()));
}

void SweptKnobRow::chooseKnob() {
    fill(usualRange(m_knob->currentData().toString()));
    emit edited();
}

SweptKnob SweptKnobRow::knob() const {
    SweptKnob swept;
    swept.path = m_knob->currentData().toString();
    const SweepableKnob* facts = sweepableKnob(swept.path);
    if (facts && !facts->words.isEmpty() && m_words->menu()) {
        for (const QAction* action : m_words->menu()->actions())
            if (action->isChecked()) swept.words << action->text();
        return swept;
    }
    swept.from = std::min(m_from->value(), m_to->value());
    swept.to = std::max(m_from->value(), m_to->value());
    swept.steps = m_steps->value();
    return swept;
}

}  // namespace views
