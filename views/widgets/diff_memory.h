// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DiffMemory: the arenas of baseline and candidate side by side, with one scale of addresses. A
// layer picked in one is picked with its counterpart in the other.

#include <QLabel>
#include <QWidget>

#include "types/model_diff.h"
#include "views/models/diff_cards.h"

namespace views {

class ArenaMap;

class DiffMemory : public QWidget {
    Q_OBJECT

public:
    explicit DiffMemory(QWidget* parent = nullptr);

    void setDiff(types::ModelDiffPtr diff);
    /// The side in front is the one whose title is bold.
    void setFront(DiffFront front);
    /// Index of the picked match; -1: none.
    void setPicked(int row);

signals:
    void rowClicked(int row);

private:
    struct Half {
        QLabel* title = nullptr;
        ArenaMap* map = nullptr;
    };
    Half addHalf(DiffFront side);
    void click(DiffFront side, int layer);
    const types::DiffSide& sideOf(DiffFront side) const {
        return side == DiffFront::Baseline ? m_diff->baseline : m_diff->candidate;
    }
    void showTitles();

    types::ModelDiffPtr m_diff;
    DiffFront m_front = DiffFront::Candidate;
    Half m_baseline, m_candidate;
};

}  // namespace views
