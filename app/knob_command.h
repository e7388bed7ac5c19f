// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// KnobCommand: one undo step, with the knobs before and after. Edits of one drag have the same
// group and merge into one step whose text names the last value.

#include <QUndoCommand>

#include "app/explorer.h"

namespace app {

class KnobCommand : public QUndoCommand {
public:
    KnobCommand(Explorer& explorer, Knobs before, Knobs after, const QString& text, quint64 group);

    void undo() override;
    void redo() override;
    int id() const override { return 1; }
    bool mergeWith(const QUndoCommand* other) override;

private:
    Explorer& m_explorer;
    Knobs m_before, m_after;
    quint64 m_group;
};

}  // namespace app
