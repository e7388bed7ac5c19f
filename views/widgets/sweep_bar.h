// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SweepBar: chooses the knobs of a sweep and their values, tells how many variations that makes and
// how long they take, starts and pauses it, and shows how far it is. It computes nothing.

#include <QTimer>
#include <QWidget>

#include "views/models/sweep_choice.h"

class QComboBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;
class QVBoxLayout;

namespace views {

class SweptKnobRow;

class SweepBar : public QWidget {
    Q_OBJECT

public:
    explicit SweepBar(QWidget* parent = nullptr);

    enum class State { Idle, Running, Paused };
    SweepChoice choice() const;
    void setChoice(const SweepChoice& choice);
    /// "48 variations, 31 distinct, about 2 min", or what is wrong with the choice.
    void setPlan(const QString& text, bool isPossible);
    /// `text`: "312 of 4,800, about 3 min left".
    void setState(State state, double share, const QString& text);
    /// One line for the heading while the bar is folded.
    QString summary() const;

public slots:
    /// The answer to choiceChanged() may be another one now.
    void askAgain();

signals:
    /// Some time after the last edit, while the bar is visible.
    void choiceChanged(const views::SweepChoice& choice);
    void startRequested(const views::SweepChoice& choice);
    void pauseRequested();
    void summaryChanged(const QString& text);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void buildDraw();
    void addRow(const SweptKnob& knob);
    void addUnusedKnob();
    void removeRow(SweptKnobRow* row);
    void edited();
    void ask();
    void press();
    void showTexts();

    QVBoxLayout* m_rowsBox = nullptr;
    std::vector<SweptKnobRow*> m_rows;
    QPushButton* m_add = nullptr;
    QComboBox* m_draw = nullptr;
    QSpinBox* m_count = nullptr;
    QLabel* m_text = nullptr;
    QProgressBar* m_progress = nullptr;
    QPushButton* m_start = nullptr;
    QTimer m_untilChanged;
    State m_state = State::Idle;
    QString m_plan, m_progressText;
    bool m_isPossible = false;
    bool m_isUnanswered = true;  ///< the choice was not told since it changed
};

}  // namespace views
