// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// RewriteKnobsBox: rewrites of operators into others that more runtimes take.

#include "views/widgets/knobs/knob_box.h"

namespace views {

class RewriteKnobsBox : public KnobBox {
    Q_OBJECT

public:
    explicit RewriteKnobsBox(QWidget* parent = nullptr);
    QString summary() const override;
};

}  // namespace views
