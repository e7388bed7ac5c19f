// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/sweep_bar.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>

#include "views/widgets/swept_knob_row.h"

namespace views {
namespace {

constexpr int kSweepEditMs = 300;
constexpr int kUsualDraw = 200;
constexpr int kMostDrawn = 1'000'000;

SweepChoice usualSweep() {
    SweepChoice choice;
    choice.knobs = {usualRange("width"), usualRange("quantize.precision")};
    choice.knobs[1].words = QStringList{"as-stored", "int8"};
    return choice;
}

}  // namespace

SweepBar::SweepBar(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 0, 8, 4);
    column->setSpacing(4);
    m_rowsBox = new QVBoxLayout;
    m_rowsBox->setSpacing(4);
    column->addLayout(m_rowsBox);
    buildDraw();
    m_untilChanged.setSingleShot(true);
    m_untilChanged.setInterval(kSweepEditMs);
    connect(&m_untilChanged, &QTimer::timeout, this, &SweepBar::ask);
    setChoice(usualSweep());
}

void SweepBar::buildDraw() {
    m_add = new QPushButton(tr("Add a knob"));
    m_draw = new QComboBox;
    m_draw->setAccessibleName(tr("Which combinations"));
    m_draw->addItem(tr("all combinations"), "grid");
    m_draw->addItem(tr("evenly spread (Sobol)"), "sobol");
    m_draw->addItem(tr("random"), "random");
    m_count = new QSpinBox;
    m_count->setRange(1, kMostDrawn);
    m_count->setValue(kUsualDraw);
    m_count->setAccessibleName(tr("How many"));
    m_count->hide();
    m_text = new QLabel;
    m_text->setWordWrap(true);
    m_progress = new QProgressBar;
    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(8);
    m_progress->setMaximumWidth(160);
    m_progress->setAccessibleName(tr("Progress of the sweep"));
    m_progress->hide();
    m_start = new QPushButton(tr("Start"));
    m_start->setObjectName("sweepStart");
    auto* row = new QHBoxLayout;
    row->addWidget(m_add);
    row->addWidget(m_draw);
    row->addWidget(m_count);
    row->addWidget(m_text, 1);
    row->addWidget(m_progress);
    row->addWidget(m_start);
    static_cast<QVBoxLayout*>(layout())->addLayout(row);
    connect(m_add, &QPushButton::clicked, this, &SweepBar::addUnusedKnob);
    connect(m_draw, qOverload<int>(&QComboBox::currentIndexChanged), this, [this] {
        m_count->setVisible(m_draw->currentData() != "grid");
        edited();
    });
    connect(m_count, qOverload<int>(&QSpinBox::valueChanged), this, &SweepBar::edited);
    connect(m_start, &QPushButton::clicked, this, &SweepBar::press);
}

void SweepBar::addRow(const SweptKnob& knob) {
    auto* row = new SweptKnobRow(knob);
    m_rows.push_back(row);
    m_rowsBox->addWidget(row);
    connect(row, &SweptKnobRow::edited, this, &SweepBar::edited);
    connect(row, &SweptKnobRow::removed, this, [this, row] { removeRow(row); });
}

void SweepBar::addUnusedKnob() {
    const SweepChoice now = choice();
    for (const SweepableKnob& knob : sweepableKnobs()) {
        const bool isUsed =
            std::any_of(now.knobs.begin(), now.knobs.end(),
                        [&knob](const SweptKnob& swept) { return swept.path == knob.path; });
        // Rewrites come first in the list and are the least to be swept.
        if (isUsed || knob.path.startsWith("rewrite.")) continue;
        addRow(usualRange(knob.path));
        return edited();
    }
}

void SweepBar::removeRow(SweptKnobRow* row) {
    std::erase(m_rows, row);
    row->deleteLater();
    row->hide();
    edited();
}

SweepChoice SweepBar::choice() const {
    SweepChoice choice;
    for (const SweptKnobRow* row : m_rows)
        choice.knobs.push_back(row->knob());
    choice.draw = m_draw->currentData().toString();
    choice.count = choice.draw == "grid" ? 0 : m_count->value();
    return choice;
}

void SweepBar::setChoice(const SweepChoice& choice) {
    for (SweptKnobRow* row : m_rows)
        row->deleteLater();
    m_rows.clear();
    for (const SweptKnob& knob : choice.knobs)
        addRow(knob);
    m_draw->setCurrentIndex(std::max(0, m_draw->findData(choice.draw)));
    if (choice.count > 0) m_count->setValue(choice.count);
    edited();
}

/// A paused sweep that is edited is another one.
void SweepBar::edited() {
    if (m_state == State::Paused) m_state = State::Idle;
    askAgain();
}

void SweepBar::askAgain() {
    m_isPossible = false;
    m_isUnanswered = true;
    m_plan = m_rows.empty() ? tr("Add a knob to vary.") : QString();
    m_untilChanged.start();
    showTexts();
}

void SweepBar::ask() {
    if (!isVisible() || !m_isUnanswered || m_rows.empty()) return;
    m_isUnanswered = false;
    m_plan = tr("Counting…");
    showTexts();
    emit choiceChanged(choice());
}

void SweepBar::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    m_untilChanged.start();
}

void SweepBar::setPlan(const QString& text, bool isPossible) {
    m_plan = text;
    m_isPossible = isPossible;
    showTexts();
}

void SweepBar::setState(State state, double share, const QString& text) {
    m_state = state;
    m_progressText = text;
    m_progress->setValue(static_cast<int>(share * 1000));
    showTexts();
}

QString SweepBar::summary() const {
    if (m_state != State::Idle) return m_progressText;
    return m_plan.isEmpty() ? tr("Try many variations at once") : m_plan;
}

void SweepBar::showTexts() {
    const bool isIdle = m_state == State::Idle, isRunning = m_state == State::Running;
    m_text->setText(summary());
    m_progress->setVisible(!isIdle);
    m_start->setText(isIdle ? tr("Start") : m_state == State::Running ? tr("Pause") : tr("Resume"));
    m_start->setEnabled(!isIdle || m_isPossible);
    for (SweptKnobRow* row : m_rows)
        row->setEnabled(!isRunning);
    for (QWidget* control : std::initializer_list<QWidget*>{m_add, m_draw, m_count})
        control->setEnabled(!isRunning);
    emit summaryChanged(summary());
}

void SweepBar::press() {
    if (m_state == State::Running) return emit pauseRequested();
    emit startRequested(choice());
}

}  // namespace views
