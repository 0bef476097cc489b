-- The shop on its first day. Amounts are in cents.
CREATE TABLE customers (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE COLLATE NOCASE,
    street TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    city TEXT NOT NULL,
    country TEXT NOT NULL
);
CREATE TABLE orders (
    id TEXT PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES customers (id),
    status TEXT NOT NULL CHECK (status IN ('OPEN', 'SHIPPED', 'DELIVERED', 'CANCELLED')),
    placed_on TEXT NOT NULL,
    ship_to TEXT NOT NULL
);
CREATE TABLE order_lines (
    order_id TEXT NOT NULL REFERENCES orders (id),
    product TEXT NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    price_cents INTEGER NOT NULL CHECK (price_cents >= 0)
);
CREATE TABLE refunds (
    id INTEGER PRIMARY KEY,
    -- The call that asked for it: a repeat of the call finds the refund instead of making another.
    idempotency_key TEXT NOT NULL UNIQUE,
    order_id TEXT NOT NULL REFERENCES orders (id),
    amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
    reason TEXT NOT NULL,
    note TEXT NOT NULL
);
CREATE INDEX orders_of_customer ON orders (customer_id, placed_on);
CREATE INDEX lines_of_order ON order_lines (order_id);
CREATE INDEX refunds_of_order ON refunds (order_id);

INSERT INTO customers VALUES
    ('C-1001', 'Ada Martin', 'ada@example.com', '12 Canal Street', '10115', 'Berlin', 'Germany'),
    ('C-1002', 'Bruno Costa', 'bruno@example.com', 'Rua das Flores 8', '1200-194', 'Lisbon', 'Portugal'),
    ('C-1003', 'Chen Wei', 'chen@example.com', '77 Orchard Road', '238852', 'Singapore', 'Singapore'),
    ('C-1004', 'Dana Levi', 'dana@example.com', '5 Harbour View', 'D02 X285', 'Dublin', 'Ireland'),
    ('C-1005', 'Emil Novak', 'emil@example.com', 'Ringstrasse 41', '1010', 'Vienna', 'Austria'),
    ('C-1006', 'Farah Khan', 'farah@example.com', '210 Elm Avenue', '02139', 'Cambridge', 'United States');

INSERT INTO orders VALUES
    ('O-2001', 'C-1001', 'DELIVERED', '2026-01-14', '12 Canal Street, 10115 Berlin, Germany'),
    ('O-2002', 'C-1001', 'SHIPPED', '2026-03-02', '12 Canal Street, 10115 Berlin, Germany'),
    ('O-2003', 'C-1001', 'OPEN', '2026-03-20', '12 Canal Street, 10115 Berlin, Germany'),
    ('O-2004', 'C-1002', 'DELIVERED', '2026-02-11', 'Rua das Flores 8, 1200-194 Lisbon, Portugal'),
    ('O-2005', 'C-1002', 'CANCELLED', '2026-02-19', 'Rua das Flores 8, 1200-194 Lisbon, Portugal'),
    ('O-2006', 'C-1003', 'DELIVERED', '2025-12-05', '77 Orchard Road, 238852 Singapore, Singapore'),
    ('O-2007', 'C-1003', 'OPEN', '2026-03-18', '77 Orchard Road, 238852 Singapore, Singapore'),
    ('O-2008', 'C-1004', 'SHIPPED', '2026-03-11', '5 Harbour View, D02 X285 Dublin, Ireland'),
    ('O-2009', 'C-1005', 'DELIVERED', '2026-01-30', 'Ringstrasse 41, 1010 Vienna, Austria'),
    ('O-2010', 'C-1006', 'OPEN', '2026-03-21', '210 Elm Avenue, 02139 Cambridge, United States');

INSERT INTO order_lines VALUES
    ('O-2001', 'Desk lamp', 1, 4900),
    ('O-2001', 'Light bulb', 2, 450),
    ('O-2002', 'Office chair', 1, 18900),
    ('O-2003', 'Notebook, lined', 5, 390),
    ('O-2003', 'Fountain pen', 1, 5200),
    ('O-2004', 'Standing desk', 1, 64900),
    ('O-2005', 'Monitor arm', 2, 7900),
    ('O-2006', 'Headphones', 1, 12900),
    ('O-2007', 'Keyboard', 1, 9900),
    ('O-2007', 'Mouse', 1, 3900),
    ('O-2008', 'Bookshelf', 1, 15900),
    ('O-2009', 'Desk mat', 2, 2900),
    ('O-2010', 'Webcam', 1, 8900);
