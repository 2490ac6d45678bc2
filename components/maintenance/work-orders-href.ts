interface WorkOrders {
  /** A Monday. */
  week: string;
  farmIds: readonly string[];
  types: readonly string[];
  kinds: readonly string[];
}

/** The page that prints a week's work, narrowed as the calendar is. */
export function workOrdersHref({ week, farmIds, types, kinds }: WorkOrders): string {
  const query = [
    ["week", week],
    ["farm", farmIds.join(",")],
    ["type", types.join(",")],
    ["kind", kinds.join(",")],
  ]
    .filter(([, value]) => value)
    .map((pair) => pair.join("="));
  return `/maintenance/work-orders?${query.join("&")}`;
}
