// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// BoardChooser: a combo box of boards, grouped by vendor. Typing searches names, vendors, chips,
// cores and runtimes.

#include <QComboBox>
#include <vector>

#include "types/device_profile.h"

namespace views {

class BoardChooser : public QComboBox {
    Q_OBJECT

public:
    explicit BoardChooser(QWidget* parent = nullptr);

    /// Keeps the chosen board where it is still listed. `none`: text of an entry that stands for no
    /// board; empty: there is no such entry.
    void setDevices(std::vector<types::DevicePtr> devices, const QString& none = {});
    /// Shows the board of this id; none where it is not listed.
    void chooseId(const QString& id);
    /// Null for no board.
    types::DevicePtr device() const;

signals:
    /// The user chose a board, or the entry that stands for none (null).
    void deviceChosen(const types::DevicePtr& device);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void addGroup(const QString& vendor);
    void addBoard(const types::DeviceProfile& device);

    std::vector<types::DevicePtr> m_devices;
};

}  // namespace views
