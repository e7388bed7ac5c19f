// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// InputHabits: how every combo, spin box and slider of the program takes input. The wheel edits
// none that does not have the focus: it scrolls what lies around it, so that nobody changes a model
// by scrolling a dock. Numbers look alike whatever the country, and both decimal signs are taken.
// One object for the application; install it before the first window is shown.

#include <QObject>

namespace views {

class InputHabits : public QObject {
    Q_OBJECT

public:
    /// Installs itself on the application.
    explicit InputHabits(QObject* parent);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
};

}  // namespace views
