// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// MarksCommand: one undo step of names, notes, stars or deletions.

#include <QUndoCommand>

#include "app/explorer.h"

namespace app {

class MarksCommand : public QUndoCommand {
public:
    MarksCommand(Explorer& explorer, views::MarksEdit before, views::MarksEdit after,
                 const QString& text)
        : QUndoCommand(text),
          m_explorer(explorer),
          m_before(std::move(before)),
          m_after(std::move(after)) {}

    void undo() override { m_explorer.setMarks(m_before); }
    void redo() override { m_explorer.setMarks(m_after); }

private:
    Explorer& m_explorer;
    views::MarksEdit m_before, m_after;
};

}  // namespace app
