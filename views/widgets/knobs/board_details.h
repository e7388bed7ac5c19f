// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// BoardDetails: the memory regions of a board, what its latencies rest on and how wide their bands
// are; for a board without latencies, what ten measured layers would give.

#include <QWidget>

#include "types/device_profile.h"

class QLabel;
class QGridLayout;

namespace views {

class BoardDetails : public QWidget {
    Q_OBJECT

public:
    explicit BoardDetails(QWidget* parent = nullptr);

    /// Null: no board; the caller hides the details.
    void setDevice(const types::DevicePtr& device);
    /// "4 regions", "no latency"
    QString summary() const { return m_summary; }

private:
    void addRegion(const types::MemoryRegion& region);
    void clearRegions();

    QGridLayout* m_regions;
    QLabel *m_latency, *m_bands, *m_source, *m_tenLayers;
    QString m_summary;
};

}  // namespace views
